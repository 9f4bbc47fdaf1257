// fal's file storage in this process: initiate, put in one piece or in parts, get. Keeps the bytes in memory; knows nothing of jobs.
import { falDetail } from "./fal-job.ts";
import { isJsonObject, readJsonObject } from "./incoming-request.ts";

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
  /** Answers `POST rest.fal.ai/storage/upload/initiate` and `initiate-multipart`; asks for the key are the caller's. */
  readonly initiate: (request: Request) => Promise<Response>;
  /** Answers PUT and GET of a file, PUT of its parts and POST of their list, which need no key. */
  readonly file: (request: Request) => Promise<Response>;
}

/** Where the files live. */
export const FAL_FILE_HOST = "v3.fal.media";

const INITIATE_PATH = /^\/storage\/upload\/initiate(-multipart)?$/;
const PART_PATH = /^(.+)\/(\d+|complete)$/;
const ANY_TYPE = "application/octet-stream";

interface MultipartUpload {
  readonly contentType: string;
  readonly parts: Map<number, Uint8Array>;
}

/** Builds a simulated storage. `createId`: names of files; default: they count up. */
export function createFalStorage(createId: () => string = countingIds()): FalStorage {
  const uploads: FalUpload[] = [];
  const inParts = new Map<string, MultipartUpload>();

  return {
    uploads,
    initiate: async (request) => {
      const [isKnown, isMultipart] = INITIATE_PATH.exec(new URL(request.url).pathname) ?? [];
      if (isKnown === undefined) return falDetail(404, "Path not found");
      const { content_type: contentType } = (await readJsonObject(request)) ?? {};
      const fileUrl = `https://${FAL_FILE_HOST}/files/upload-${createId()}`;
      if (isMultipart !== undefined) {
        inParts.set(fileUrl, {
          contentType: typeof contentType === "string" ? contentType : ANY_TYPE,
          parts: new Map(),
        });
      }
      return Response.json({ upload_url: `${fileUrl}?signature=sandbox`, file_url: fileUrl });
    },
    file: async (request) => {
      const { origin, pathname } = new URL(request.url);
      const [, file = "", part = ""] = PART_PATH.exec(origin + pathname) ?? [];
      const multipart = inParts.get(file);
      if (multipart !== undefined && part === "complete") {
        const upload = await completeParts(request, file, multipart);
        if (upload === undefined) return falDetail(400, "The parts do not match those that were uploaded");
        uploads.push(upload);
        return Response.json({ file_url: file });
      }
      if (multipart !== undefined && request.method === "PUT") return await putPart(request, multipart, Number(part));
      const fileUrl = origin + pathname;
      if (request.method === "PUT") {
        const contentType = request.headers.get("content-type") ?? ANY_TYPE;
        uploads.push({ fileUrl, contentType, bytes: new Uint8Array(await request.arrayBuffer()) });
        return new Response(null, { status: 200 });
      }
      const upload = uploads.find((candidate) => candidate.fileUrl === fileUrl);
      if (upload === undefined) return new Response("Not found", { status: 404 });
      return new Response(upload.bytes, { headers: { "content-type": upload.contentType } });
    },
  };
}

async function putPart(request: Request, { parts }: MultipartUpload, partNumber: number): Promise<Response> {
  parts.set(partNumber, new Uint8Array(await request.arrayBuffer()));
  return Response.json({ partNumber, etag: etagOf(partNumber) });
}

/** The file of the parts that the request lists, in its order; undefined when it lists others than those that were put. */
async function completeParts(
  request: Request,
  fileUrl: string,
  { contentType, parts }: MultipartUpload,
): Promise<FalUpload | undefined> {
  const { parts: listed } = (await readJsonObject(request)) ?? {};
  const numbers = (Array.isArray(listed) ? listed : []).map((part) =>
    isJsonObject(part) && part["etag"] === etagOf(part["partNumber"]) ? Number(part["partNumber"]) : Number.NaN,
  );
  const found = numbers.flatMap((number) => parts.get(number) ?? []);
  if (found.length !== parts.size || numbers.length !== parts.size) return undefined;
  return {
    fileUrl,
    contentType,
    bytes: new Uint8Array(await new Blob(found.map((part) => part.slice())).arrayBuffer()),
  };
}

function etagOf(partNumber: unknown): string {
  return `"part-${String(partNumber)}"`;
}

function countingIds(): () => string {
  let count = 0;
  return () => String(++count);
}
