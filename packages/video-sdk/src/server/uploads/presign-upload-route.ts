// POST presign-upload: hands a user an address for one file of one type. The file itself never passes through here.
import * as z from "zod";
import { VideoError } from "../../errors.ts";
import { invalidField } from "../invalid-field.ts";
import { notSetUp } from "../not-set-up.ts";
import type { Route } from "../protect-route.ts";
import { readJsonBody } from "../read-json-body.ts";
import type { UploadStorage } from "./upload-storage.ts";
import { UPLOAD_TYPES, type UploadType } from "./upload-types.ts";
import { userUploadFolder } from "./user-folder.ts";

/** How uploads are taken. */
export interface VideoUploads {
  readonly storage: UploadStorage;
  /**
   * Whether a request must say its `contentLength`. Today's clients do not, so the default is false; an address without a
   * length takes a file of any size, up to what the storage allows (5 GB at S3 and R2).
   */
  readonly needsContentLength?: boolean;
  /** How long an address works, seconds. Default 300, at most 600. */
  readonly expiresSeconds?: number;
  /** Ids of files. Default `crypto.randomUUID`. */
  readonly createId?: () => string;
}

const MAX_BODY_BYTES = 4096;
const DEFAULT_EXPIRES_SECONDS = 300;
const MAX_EXPIRES_SECONDS = 600;

// Whatever else a client says, such as a file's name, is not looked at.
const bodySchema = z.object({
  contentType: z.string(),
  contentLength: z.optional(z.int().check(z.positive())),
});

/** Builds the route. The body is `{ contentType, contentLength? }`. */
export function presignUploadRoute(uploads: VideoUploads | undefined): Route {
  return {
    name: "presign-upload",
    method: "POST",
    limit: "upload",
    run: async (request, { userId }) => {
      if (uploads === undefined) throw notSetUp("uploads");
      const { storage, createId = () => crypto.randomUUID(), expiresSeconds = DEFAULT_EXPIRES_SECONDS } = uploads;
      const { value } = await readJsonBody(request, MAX_BODY_BYTES);
      const { contentType, contentLength, extension } = readUpload(value, uploads.needsContentLength === true);
      const key = `${await userUploadFolder(userId)}/${createId()}.${extension}`;
      const limited = Math.min(expiresSeconds, MAX_EXPIRES_SECONDS);
      const { uploadUrl, publicUrl } = await storage.presign({
        key,
        contentType,
        contentLength,
        expiresSeconds: limited,
      });
      return { uploadUrl, publicUrl, key };
    },
  };
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
