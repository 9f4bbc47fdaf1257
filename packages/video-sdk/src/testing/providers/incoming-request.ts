// How the simulated providers read a request: its key and its JSON. Knows no protocol.

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a request carries a key in `Authorization: <scheme> <key>`, and the wanted one when there is one. */
export function hasKey(request: Request, scheme: "Key" | "Bearer", wanted: string | undefined): boolean {
  const [sentScheme, sent = "", ...rest] = (request.headers.get("authorization") ?? "").split(" ");
  return sentScheme === scheme && sent !== "" && rest.length === 0 && (wanted === undefined || sent === wanted);
}

/** The body of a request as a JSON object, or undefined when it is none. */
export async function readJsonObject(request: Request): Promise<JsonObject | undefined> {
  const body: unknown = await request.json().catch(() => undefined);
  return isJsonObject(body) ? body : undefined;
}

/** Whether a value is a JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
