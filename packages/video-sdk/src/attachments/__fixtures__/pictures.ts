// Small real files, made by libvips: one of each kind whose size is read, and some that are refused.

/** A file of a known size. */
export interface Picture {
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const picture = (contentType: string, width: number, height: number, base64: string): Picture => ({
  contentType,
  width,
  height,
  bytes: Uint8Array.from(Buffer.from(base64, "base64")),
});

export const PNG = picture(
  ...(["image/png", 40, 30] as const),
  "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAMAAABpA6zvAAAAA1BMVEXIHjzD6Ll6AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEklEQVQ4y2NgGAWjYBSMguEAAATOAAHHK9RWAAAAAElFTkSuQmCC",
);

export const JPEG = picture(
  ...(["image/jpeg", 41, 31] as const),
  "/9j/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAfACkDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAIE/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AmAQ3gAAAAAAAAAP/2Q==",
);

/** Progressive, with Exif before it. */
export const PROGRESSIVE_JPEG = picture(
  ...(["image/jpeg", 42, 32] as const),
  "/9j/4QDIRXhpZgAASUkqAAgAAAAHABIBAwABAAAAAQAAABoBBQABAAAAYgAAABsBBQABAAAAagAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAJiCAgACAAAAeAAAAGmHBAABAAAAcgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAACoAAAADoAQAAQAAACAAAAAAAAAA/9sAQwAoHB4jHhkoIyEjLSsoMDxkQTw3Nzx7WF1JZJGAmZaPgIyKoLTmw6Cq2q2KjMj/y9ru9f///5vB////+v/m/f/4/9sAQwErLS08NTx2QUF2+KWMpfj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4/8IAEQgAIAAqAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAD/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAID/9oADAMBAAIQAxAAAAGQncAAAAD/xAAUEAEAAAAAAAAAAAAAAAAAAABA/9oACAEBAAEFAkf/xAAUEQEAAAAAAAAAAAAAAAAAAAAg/9oACAEDAQE/AV//xAAUEQEAAAAAAAAAAAAAAAAAAAAg/9oACAECAQE/AV//xAAUEAEAAAAAAAAAAAAAAAAAAABA/9oACAEBAAY/Akf/xAAUEAEAAAAAAAAAAAAAAAAAAABA/9oACAEBAAE/IUf/2gAMAwEAAgADAAAAEP8A/wD/AP8A/wD/xAAUEQEAAAAAAAAAAAAAAAAAAAAg/9oACAEDAQE/EF//xAAUEQEAAAAAAAAAAAAAAAAAAAAg/9oACAECAQE/EF//xAAUEAEAAAAAAAAAAAAAAAAAAABA/9oACAEBAAE/EEf/2Q==",
);

export const LOSSY_WEBP = picture(
  ...(["image/webp", 43, 33] as const),
  "UklGRkQAAABXRUJQVlA4IDgAAABQAwCdASorACEAP3G41WM0ryqmI4gCkC4JZwDNhAn82DvoAAD+3hGXe/ih5rewdTTNwzQl+6wIAA==",
);

export const LOSSLESS_WEBP = picture(
  ...(["image/webp", 44, 34] as const),
  "UklGRiQAAABXRUJQVlA4TBcAAAAvK0AIAAdQjyKXp/8BICH8P69G9D9VAAA=",
);

/** With transparency, so in the extended form. */
export const EXTENDED_WEBP = picture(
  ...(["image/webp", 45, 35] as const),
  "UklGRm4AAABXRUJQVlA4WAoAAAAQAAAALAAAIgAAQUxQSBAAAAABB1DAiAgACeH/eTWi/ykEVlA4IDgAAABQAwCdASotACMAP3G41WM0ryqmI4gCkC4JZwDNhAn82DvoAAD+3hGXe/ih5rewdTTNwzQl+6wIAA==",
);

export const GIF = picture(
  ...(["image/gif", 4, 3] as const),
  "R0lGODlhBAADAIAAAExpccgePCH5BAUAAAAALAAAAAAEAAMAAAIDjI9WADs=",
);

/** The first bytes of a file of the MP4 family. */
export function headOfBrand(brand: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0`, "latin1"));
}

/** A PNG of any size, as far as a header goes. */
export function pngOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = PNG.bytes.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}
