// Sends one file to the app's storage: asks the presign route for an address, then puts the bytes straight to it, never through the route
// and never as base64. One try; repeating it asks for a new address and is always safe.
import { videoErrorData } from "../errors.ts";
import { planned } from "../http/planned.ts";
import { routesOf, type Routes } from "../http/plan-routes.ts";
import { readRouteError } from "../http/read-route-error.ts";
import type { RouteMap } from "../http/route-map.ts";
import { createSend, type Http, type Send } from "../http/send.ts";
import { parseErrorAnswer } from "../protocol.ts";
import type { FileUploader, LocalFile, PutFile } from "../file-ports.ts";
import type { CallResult } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { putWithin } from "./put-within.ts";
import { uploadFailure } from "./upload-failure.ts";

/** What uploading needs. */
export interface FileUploaderOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** How bytes are sent here, such as `defaultPut()`. */
  readonly put: PutFile;
  /** Which request the presign route takes. Default: that of the plan. */
  readonly routes?: RouteMap | undefined;
  /** The route that gives out addresses. Default `presign`. */
  readonly route?: "presign" | "presignVideo" | undefined;
}

/** An uploader over a presign route. Does nothing until used. */
export function createFileUploader(options: FileUploaderOptions): FileUploader {
  const { http, clock, put } = options;
  const presign = createPresign(createSend(http, clock), routesOf(options.routes), options.route);
  return {
    async upload(file, { signal, onProgress }) {
      const address = await presign(file, signal);
      if (signal.aborted) return CANCELED;
      if (!address.ok) return address;
      const { uploadUrl, publicUrl } = address.value;
      const error = await putWithin({ put, uploadUrl, file, clock, signal, onProgress });
      if (signal.aborted) return CANCELED;
      return error === undefined ? { ok: true, value: publicUrl } : uploadFailure(error);
    },
  };
}

const CANCELED = uploadFailure(videoErrorData("canceled"));

/** Where to put a file, and where it can be read afterwards. */
interface UploadAddress {
  readonly uploadUrl: string;
  readonly publicUrl: string;
}

type Presign = (file: LocalFile, signal: AbortSignal) => Promise<CallResult<UploadAddress>>;

/** Milliseconds until the presign route counts as not answering. */
const DEADLINE_MS = 15_000;

/** Asks once for an address. An answer without an http address to put to and an https address to read from is `protocol-mismatch`. */
function createPresign(send: Send, routes: Routes, route: "presign" | "presignVideo" = "presign"): Presign {
  return async ({ contentType, byteLength }, signal) => {
    const call = planned(route, () => routes[route]({ contentType, contentLength: byteLength }));
    if ("error" in call) return uploadFailure(call.error);
    const answer = await send("post", call.path, { json: call.body, signal, deadlineMs: DEADLINE_MS });
    if (answer.kind === "none" || answer.status >= 400) return uploadFailure(readRouteError(answer));
    const address = readAddress(answer.body);
    if (address !== undefined) return { ok: true, value: address };
    // Some gateways answer everything with 200: a code of ours is believed all the same.
    const isNamed = parseErrorAnswer(answer.body)?.code !== undefined;
    return uploadFailure(isNamed ? readRouteError(answer) : videoErrorData("protocol-mismatch"));
  };
}

function readAddress(body: unknown): UploadAddress | undefined {
  // Routes differ in the name of the address to read from.
  const { success, uploadUrl, url, publicUrl = url }: Readonly<Record<string, unknown>> = Object(body);
  // A storage on the developer's machine has no certificate; what the providers read must have one.
  const isUsable = success !== false && isUrl(uploadUrl, /^https?:/i) && isUrl(publicUrl, /^https:/i);
  return isUsable ? { uploadUrl, publicUrl } : undefined;
}

function isUrl(value: unknown, scheme: RegExp): value is string {
  return typeof value === "string" && scheme.test(value) && /^[a-z]+:\/\/[^\s/\\]+\S*$/i.test(value);
}
