// A video that came inside its own URL: `data:video/mp4;base64,...`. Knows no provider and no storage.
import { bytesOfBinary } from "../hmac.ts";

/** A video as a `data:` URL holds it. */
export interface DataVideo {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const DATA_VIDEO = /^data:(video\/[\w.+-]+)((?:;[^,;]*)*),/i;

/** The video in a `data:` URL. Undefined for any other URL, for another type, and for what cannot be decoded. */
export function readDataVideo(url: string): DataVideo | undefined {
  const [head = "", contentType, parameters = ""] = DATA_VIDEO.exec(url.slice(0, 256)) ?? [];
  if (contentType === undefined) return undefined;
  const body = url.slice(head.length);
  try {
    const bytes = /;base64$/i.test(parameters)
      ? bytesOfBinary(atob(body))
      : new TextEncoder().encode(decodeURIComponent(body));
    return bytes.length === 0 ? undefined : { contentType: contentType.toLowerCase(), bytes };
  } catch {
    // No base64, or a broken escape.
    return undefined;
  }
}

/** The video as the answer of a host. */
export function openDataVideo({ contentType, bytes }: DataVideo): Promise<Response> {
  const headers = { "content-type": contentType, "content-length": String(bytes.length) };
  return Promise.resolve(new Response(bytes, { headers }));
}
