// A bucket on this machine: files are put straight to it from the page, on an origin of its own, as with R2 or S3. Knows no route.
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { serveHttp, type WebHandler } from "./serve-http.ts";
import type { UploadStorage } from "@video-engine/video-sdk/server";

/** A file and what it is. */
export interface KeptFile {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A running bucket. */
export interface UploadStore {
  /** For `createVideoRoutes({ uploads: { storage } })`. */
  readonly storage: UploadStorage;
  /** Where the files can really be read, such as `http://127.0.0.1:4401`. */
  readonly url: string;
  /** Keeps a file that the server itself has made. Returns its public URL. */
  keep(key: string, file: KeptFile): Promise<string>;
  /** Stops serving and deletes all files. */
  close(): Promise<void>;
}

/**
 * What public URLs begin with. The routes and the registry take https URLs of a named host only, and there is no certificate here:
 * the name stands for `UploadStore.url`, and the page looks there. `.test` never resolves (RFC 2606).
 */
export const PUBLIC_FILES = "https://uploads.sandbox.test";

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "PUT, GET, HEAD",
  "access-control-allow-headers": "content-type",
};

interface Expected {
  readonly key: string;
  readonly contentType: string;
  readonly expiresAt: number;
}

/** Opens a bucket in a temporary folder. */
export async function openUploadStore(): Promise<UploadStore> {
  const folder = await mkdtemp(join(tmpdir(), "video-engine-uploads-"));
  const expected = new Map<string, Expected>();
  const types = new Map<string, string>();

  const keep: UploadStore["keep"] = async (key, { contentType, bytes }) => {
    const path = join(folder, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    types.set(key, contentType);
    return `${PUBLIC_FILES}/${key}`;
  };

  const put = async (request: Request, { pathname, searchParams }: URL): Promise<Response> => {
    const ticket = expected.get(searchParams.get("ticket") ?? "");
    const isExpected =
      ticket !== undefined &&
      ticket.key === pathname.slice(1) &&
      ticket.contentType === request.headers.get("content-type") &&
      ticket.expiresAt > Date.now();
    if (!isExpected) return new Response("This address was not signed for this file.", { status: 403, headers: CORS });
    await keep(ticket.key, { contentType: ticket.contentType, bytes: new Uint8Array(await request.arrayBuffer()) });
    return new Response(null, { status: 200, headers: CORS });
  };

  const get = async ({ pathname }: URL): Promise<Response> => {
    const key = pathname.slice(1);
    const contentType = types.get(key);
    if (contentType === undefined) return new Response("There is no such file.", { status: 404, headers: CORS });
    return new Response(await readFile(join(folder, key)), { headers: { ...CORS, "content-type": contentType } });
  };

  const server = await serveHttp(answerBy(put, get), { port: 0, host: "127.0.0.1" });

  return {
    url: server.url,
    keep,
    storage: {
      presign: ({ key, contentType, expiresSeconds }) => {
        const ticket = randomUUID();
        expected.set(ticket, { key, contentType, expiresAt: Date.now() + expiresSeconds * 1_000 });
        return Promise.resolve({
          uploadUrl: `${server.url}/${key}?ticket=${ticket}`,
          publicUrl: `${PUBLIC_FILES}/${key}`,
        });
      },
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Browsers ask first whether they may put. */
function answerBy(
  put: (request: Request, url: URL) => Promise<Response>,
  get: (url: URL) => Promise<Response>,
): WebHandler {
  return async (request) => {
    if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: CORS });
    const url = new URL(request.url);
    return request.method === "PUT" ? await put(request, url) : await get(url);
  };
}
