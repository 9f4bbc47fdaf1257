// What a file is by its first bytes, whatever its name says. Knows the types that people attach, taken or not.

/** The MIME type that the first bytes tell; undefined where they tell none that is known here. */
export function sniffContentType(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg";
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("GIF8")) return "image/gif";
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return "image/webp";
  return text.startsWith("ftyp", 4) ? typeOfBrand(text.slice(8, 12)) : undefined;
}

/** Of the family of MP4, to which the pictures of iPhones belong. */
function typeOfBrand(brand: string): string {
  if (brand === "qt  ") return "video/quicktime";
  if (brand.startsWith("avi")) return "image/avif";
  return /^(?:hei|hev|mif1|msf1)/.test(brand) ? "image/heic" : "video/mp4";
}
