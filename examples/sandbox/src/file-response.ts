// Answers a GET of a file, in full or the one range that a player asks for. Knows nothing of videos.

/** The answer for a file: 200, 206 for a range, 416 for a range outside it. */
export function fileResponse(file: Uint8Array<ArrayBuffer>, contentType: string, range: string | null): Response {
  const headers = new Headers({
    "content-type": contentType,
    "accept-ranges": "bytes",
    // Lets a web page draw a frame of the video onto a canvas.
    "access-control-allow-origin": "*",
  });
  const [isRange, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (!isRange || (first === "" && last === "")) return new Response(file, { headers });
  // `bytes=-500` means the last 500.
  const start = first === "" ? Math.max(0, file.length - Number(last)) : Number(first);
  const end = first === "" || last === "" ? file.length - 1 : Math.min(Number(last), file.length - 1);
  if (start > end) {
    headers.set("content-range", `bytes */${file.length}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-range", `bytes ${start}-${end}/${file.length}`);
  return new Response(file.slice(start, end + 1), { status: 206, headers });
}
