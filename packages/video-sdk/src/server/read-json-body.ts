// The JSON of a request's body, read no further than a limit. Knows nothing of what should be in it.
import { VideoError } from "../errors.ts";
import { readBody } from "./read-body.ts";

/** A body that was read. */
export interface JsonBody {
  readonly value: unknown;
  /** Size on the wire, bytes. */
  readonly bytes: number;
}

/** Reads a body of at most `maxBytes`. Throws `too-large`, or `invalid-request` when it is not JSON. */
export async function readJsonBody(request: Request, maxBytes: number): Promise<JsonBody> {
  const body = await readBody(request, maxBytes);
  try {
    return { value: JSON.parse(new TextDecoder().decode(body)), bytes: body.byteLength };
  } catch (cause) {
    throw new VideoError("invalid-request", { message: "The body is not JSON. Send one JSON object.", cause });
  }
}
