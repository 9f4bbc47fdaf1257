// fal's file storage in this process: initiate, put, get. Keeps the bytes in memory; knows nothing of jobs.
import { falDetail } from "./fal-job.ts";

/** A file that was put into the storage. */
export interface FalUpload {
  readonly fileUrl: string;
  readonly contentType: string;
  /** `Uint8Array<ArrayBuffer>`, and `Uint8Array` before TypeScript 5.7. */
  readonly bytes: ReturnType<Uint8Array["slice"]>;
}

/** A simulated storage. */
export interface FalStorage {
  readonly uploads: readonly FalUpload[];
  /** Answers `POST rest.fal.ai/storage/upload/initiate`; asks for the key are the caller's. */
  readonly initiate: (request: Request) => Promise<Response>;
  /** Answers PUT and GET of a file, which need no key. */
  readonly file: (request: Request) => Promise<Response>;
}

/** Where the files live. */
export const FAL_FILE_HOST = "v3.fal.media";

/** Builds a simulated storage. */
export function createFalStorage(): FalStorage {
  const uploads: FalUpload[] = [];
  let initiated = 0;

  return {
    uploads,
    initiate: async (request) => {
      if (new URL(request.url).pathname !== "/storage/upload/initiate") return falDetail(404, "Path not found");
      const fileUrl = `https://${FAL_FILE_HOST}/files/upload-${++initiated}`;
      return Response.json({ upload_url: `${fileUrl}?signature=sandbox`, file_url: fileUrl });
    },
    file: async (request) => {
      const { origin, pathname } = new URL(request.url);
      const fileUrl = origin + pathname;
      if (request.method === "PUT") {
        const contentType = request.headers.get("content-type") ?? "application/octet-stream";
        uploads.push({ fileUrl, contentType, bytes: new Uint8Array(await request.arrayBuffer()) });
        return new Response(null, { status: 200 });
      }
      const upload = uploads.find((candidate) => candidate.fileUrl === fileUrl);
      if (upload === undefined) return new Response("Not found", { status: 404 });
      return new Response(upload.bytes, { headers: { "content-type": upload.contentType } });
    },
  };
}
