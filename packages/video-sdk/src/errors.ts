// The error class and the table of error codes. Adapters translate their own failures into these.

/** One row of the error table. */
interface ErrorRow {
  /** Status a route answers with. */
  readonly httpStatus: number;
  /** Whether the same call may work later without a change. */
  readonly retryable: boolean;
  /** A plain sentence for a person. */
  readonly message: string;
}

const row = (httpStatus: number, retryable: boolean, message: string): ErrorRow => ({ httpStatus, retryable, message });

/** Every error code with its HTTP status, whether a retry may help, and a plain sentence. */
export const VIDEO_ERRORS = {
  "invalid-request": row(400, false, "The request is not valid."),
  "unknown-model": row(400, false, "There is no such video model."),
  "not-signed-in": row(401, true, "Sign in to generate videos."),
  "insufficient-credits": row(402, false, "There are not enough credits for this video."),
  "not-found": row(404, false, "There is no such generation."),
  "method-not-allowed": row(405, false, "This method is not allowed here."),
  "price-changed": row(409, false, "The price of this video has changed. Look at it again before you start."),
  "already-running": row(409, true, "The same generation is already running."),
  "model-retired": row(410, false, "This model has been retired by its provider."),
  "too-large": row(413, false, "The request is too large."),
  "key-reused": row(422, false, "This key was used for another request."),
  "content-rejected": row(422, false, "The provider's content policy refused this request."),
  "provider-rejected": row(422, false, "The provider refused this request."),
  "slot-limit-reached": row(429, true, "Too many videos are being generated at once. Wait for one to finish."),
  "rate-limited": row(429, true, "Too many requests. Try again in a moment."),
  canceled: row(499, false, "The generation was canceled."),
  disposed: row(500, false, "This engine has been disposed of. Create a new one."),
  internal: row(500, false, "Something went wrong."),
  "not-configured": row(500, false, "The server is missing a setting."),
  "storage-failed": row(500, true, "The device's storage cannot be written."),
  "provider-failed": row(502, false, "The provider could not make this video."),
  "result-missing": row(502, false, "The provider finished without a video."),
  "result-unusable": row(502, false, "The video is made, but its address cannot be used."),
  "submission-unknown": row(502, false, "It is not known whether the provider accepted the job."),
  "protocol-mismatch": row(502, false, "The server's answer was not understood."),
  "settlement-failed": row(502, false, "The credits could not be settled."),
  "upload-failed": row(502, true, "The attachment could not be uploaded."),
  "provider-unavailable": row(503, true, "The provider is not available right now."),
  unreachable: row(503, true, "The server cannot be reached."),
  "timed-out": row(504, false, "The video took too long."),
} as const satisfies Record<string, ErrorRow>;

/** A key of {@link VIDEO_ERRORS}. An app branches on nothing else. */
export type VideoErrorCode = keyof typeof VIDEO_ERRORS;

/** The state of the user's credits: never held, still held, charged, given back, or not known. */
export type Settlement = "none" | "held" | "captured" | "released" | "unknown";

/** A {@link VideoError} as plain data, safe to store and to send. */
export interface VideoErrorData {
  readonly code: VideoErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly phase?: string | undefined;
  readonly settlement?: Settlement | undefined;
  /** Milliseconds to wait before trying again, when the other side names them. */
  readonly retryAfterMs?: number | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** Options of an error beside its code. */
export interface VideoErrorOptions {
  /** Default: the sentence of the table. */
  readonly message?: string | undefined;
  /** Default: from the table. */
  readonly retryable?: boolean | undefined;
  readonly phase?: string | undefined;
  readonly settlement?: Settlement | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

// A global symbol, so that errors of another copy of this package are recognised.
const MARKER = Symbol.for("video-engine.error");

/**
 * The only error this SDK throws. Branch on `code`; `message` is for people.
 *
 * @example
 * const error = toVideoError(thrown);
 * if (error.code === "insufficient-credits") openShop();
 * else show(engine.sentenceOf(error), error.settlement);
 */
export class VideoError extends Error {
  // Only declared, so that options that were not given do not become members and clutter a printed error. What the build's target makes of fields
  // that are more would be a helper in every app.
  declare readonly name: "VideoError";
  declare readonly code: VideoErrorCode;
  declare readonly retryable: boolean;
  declare readonly phase?: string;
  declare readonly settlement?: Settlement;
  declare readonly retryAfterMs?: number;
  declare readonly details?: Readonly<Record<string, unknown>>;
  declare readonly [MARKER]: true;

  constructor(code: VideoErrorCode, options: VideoErrorOptions = {}) {
    super(options.message ?? VIDEO_ERRORS[code].message);
    this.name = "VideoError";
    this[MARKER] = true;
    this.code = code;
    this.retryable = options.retryable ?? VIDEO_ERRORS[code].retryable;
    if (options.phase !== undefined) this.phase = options.phase;
    if (options.settlement !== undefined) this.settlement = options.settlement;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.details !== undefined) this.details = options.details;
    if (options.cause !== undefined) this.cause = options.cause;
  }

  /** Plain data. Leaves out the cause, which may hold secrets. */
  toJSON(): VideoErrorData {
    return videoErrorData(this.code, this);
  }
}

/** Whether a value is a {@link VideoError}, of this copy of the package or of another. Never throws. */
export function isVideoError(value: unknown): value is VideoError {
  try {
    return typeof value === "object" && value !== null && MARKER in value;
  } catch {
    return false;
  }
}

/** Whether a text is one of our error codes. */
export function isVideoErrorCode(value: unknown): value is VideoErrorCode {
  return typeof value === "string" && Object.hasOwn(VIDEO_ERRORS, value);
}

/**
 * Any thrown value as a {@link VideoError}: ours unchanged, an error of `@video-engine/video-models` as `invalid-request` or `unknown-model` with
 * its members as details, everything else `internal`. What was thrown is its cause. Never throws.
 */
export function toVideoError(value: unknown): VideoError {
  if (isVideoError(value)) return value;
  try {
    if (value instanceof Error && MODEL_ERROR.test(value.name)) return fromModelError(value);
  } catch {
    // It cannot even be read.
  }
  return new VideoError("internal", { cause: value });
}

// By name, so that errors of another copy of that package are recognised.
const MODEL_ERROR = /^(?:VideoRequest|UnknownVideoModel|UnservableRequest|ImageNotUploaded)Error$/;

function fromModelError(cause: Error & { readonly code?: unknown }): VideoError {
  const { name: _, code, ...details } = cause;
  return new VideoError(isVideoErrorCode(code) ? code : "invalid-request", { message: cause.message, details, cause });
}

/** Creates the plain data of an error. Options that are not given do not become members. */
export function videoErrorData(code: VideoErrorCode, options: Omit<VideoErrorOptions, "cause"> = {}): VideoErrorData {
  const { message = VIDEO_ERRORS[code].message, retryable = VIDEO_ERRORS[code].retryable } = options;
  const { phase, settlement, retryAfterMs, details } = options;
  const said = Object.entries({ phase, settlement, retryAfterMs, details }).filter(([, value]) => value !== undefined);
  return { code, message, retryable, ...Object.fromEntries(said) };
}

/** Creates a {@link VideoError} from its plain data. */
export function fromVideoErrorData(data: VideoErrorData): VideoError {
  const { code, ...options } = data;
  return new VideoError(code, options);
}
