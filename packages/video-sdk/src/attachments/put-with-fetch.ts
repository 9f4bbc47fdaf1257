// A PUT by fetch, which tells no progress: for Node, Bun, Deno and edge runtimes. Streams where the runtime does.
import type { PutFile } from "../ports.ts";
import { unsendableUri } from "./unsendable-uri.ts";

/** Puts files by this fetch. Default: the runtime's, looked for when a file is sent. */
export function putWithFetch(fetchFile?: typeof fetch): PutFile {
  return async ({ uploadUrl, file, signal }) => {
    const { source, contentType } = file;
    if ("uri" in source) throw unsendableUri();
    const send = fetchFile ?? fetch;
    const response = await send(uploadUrl, {
      ...{ method: "PUT", body: source, signal },
      headers: { "content-type": contentType },
    });
    // A body that nobody reads holds its connection in Node.
    await response.text();
    return { status: response.status };
  };
}
