// What is wrong with a request, as data.

/** One thing wrong with a request. */
export interface VideoRequestIssue {
  /** The field, with dots and indexes below it (`klingO1Images.0`); empty for the request as a whole. */
  readonly path: string;
  /** A plain sentence that names the limit. */
  readonly message: string;
  /** The given value, of the model or a setting only; never a prompt, URL or image. */
  readonly value?: unknown;
  /** The allowed values, where they are a list. */
  readonly allowed?: readonly unknown[] | undefined;
}

/** An issue that includes the given value where that is short and no secret. */
export function issueAt(
  path: string,
  message: string,
  given: { readonly value?: unknown; readonly allowed?: readonly unknown[] | undefined } = {},
): VideoRequestIssue {
  return { path, message, value: tellable(path, given.value), allowed: given.allowed };
}

const SECRET_FIELD = /^(prompt$|attachment|startFrame|endFrame|klingO1|reference|keyframes|sourceVideo|audioUrl)/;

function tellable(path: string, value: unknown): unknown {
  if (SECRET_FIELD.test(path)) return undefined;
  if (typeof value === "string") return value.slice(0, 64);
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
