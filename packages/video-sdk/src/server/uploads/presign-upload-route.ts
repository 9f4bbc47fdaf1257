// POST presign-upload: returns an address for one file of one type. The file itself never passes through this server.
import * as z from "zod";
import { VideoError } from "../../errors.ts";
import { invalidField, notSetUp } from "../error-response.ts";
import type { Route } from "../protect-route.ts";
import { readJsonBody } from "../read-body.ts";
import type { WaitFor } from "../wait-limits.ts";
import type { UploadStorage } from "./upload-storage.ts";
import { UPLOAD_TYPES, type UploadType } from "./upload-types.ts";
import { userUploadFolder } from "./user-folder.ts";

/** How uploads work. */
export interface VideoUploads {
  readonly storage: UploadStorage;
  /**
   * Whether a request must give its `contentLength`. Default false, because today's clients do not; an address without a length
   * takes a file of any size that the storage allows (5 GB at S3 and R2).
   */
  readonly needsContentLength?: boolean | undefined;
  /** How long an address works, whole seconds above 0. Default 300; longer than 600 counts as 600. */
  readonly expiresSeconds?: number | undefined;
  /** Ids of files. Default `crypto.randomUUID`. */
  readonly createId?: (() => string) | undefined;
}

const MAX_BODY_BYTES = 4096;
const DEFAULT_EXPIRES_SECONDS = 300;
const MAX_EXPIRES_SECONDS = 600;
/** S3 and R2 sign for seven days at most. */
const S3_MAX_EXPIRES_SECONDS = 604_800;

// Other fields that a client sends, such as a file's name, are ignored.
const bodySchema = z.object({
  contentType: z.string(),
  contentLength: z.optional(z.int().check(z.positive())),
});

/** Builds the route. The body is `{ contentType, contentLength? }`. Throws a RangeError for an `expiresSeconds` that no storage takes. */
export function presignUploadRoute(uploads: VideoUploads | undefined, waitFor: WaitFor): Route {
  const expiresSeconds = readExpiresSeconds(uploads);
  return {
    name: "presign-upload",
    method: "POST",
    limit: "upload",
    run: async (request, { userId }) => {
      if (uploads === undefined) throw notSetUp("uploads");
      const { storage, createId = () => crypto.randomUUID() } = uploads;
      const value = await readJsonBody(request, { maxBytes: MAX_BODY_BYTES, waitFor });
      const { contentType, contentLength, extension } = readUpload(value, uploads.needsContentLength === true);
      const key = `${await userUploadFolder(userId)}/${createId()}.${extension}`;
      const file = { key, contentType, contentLength, expiresSeconds };
      const { uploadUrl, publicUrl } = await waitFor("storage", async () => await storage.presign(file));
      return { uploadUrl, publicUrl, key };
    },
  };
}

function readExpiresSeconds({ expiresSeconds = DEFAULT_EXPIRES_SECONDS }: Partial<VideoUploads> = {}): number {
  if (Number.isInteger(expiresSeconds) && expiresSeconds > 0 && expiresSeconds <= S3_MAX_EXPIRES_SECONDS) {
    return Math.min(expiresSeconds, MAX_EXPIRES_SECONDS);
  }
  throw new RangeError(
    `uploads.expiresSeconds must be whole seconds from 1 to ${S3_MAX_EXPIRES_SECONDS}; got ${expiresSeconds}.`,
  );
}

interface WantedUpload extends UploadType {
  readonly contentType: string;
  readonly contentLength: number | undefined;
}

function readUpload(value: unknown, needsContentLength: boolean): WantedUpload {
  const parsed = bodySchema.safeParse(value);
  if (!parsed.success) throw invalidField("", "Send { contentType, contentLength }, the length in whole bytes.");
  const { contentType, contentLength } = parsed.data;
  const type = UPLOAD_TYPES.get(contentType);
  if (type === undefined) throw invalidField("contentType", `Send one of ${[...UPLOAD_TYPES.keys()].join(", ")}.`);
  if (contentLength === undefined && needsContentLength)
    throw invalidField("contentLength", "Say the file's size in bytes.");
  if (contentLength !== undefined && contentLength > type.maxBytes) throw fileTooLarge(contentType, type);
  return { ...type, contentType, contentLength };
}

function fileTooLarge(contentType: string, { maxBytes }: UploadType): VideoError {
  const message = `A file of ${contentType} may hold at most ${maxBytes} bytes. Send a smaller one.`;
  return new VideoError("too-large", { message, details: { maxBytes } });
}
