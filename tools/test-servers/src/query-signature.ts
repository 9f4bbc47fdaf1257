// AWS Signature Version 4 in the query of a request that has arrived, written from AWS's description with Node's own crypto. It
// shares no code with what signs, so that the two can be held against each other.
import { createHash, createHmac } from "node:crypto";

/** A request as the storage sees it. */
export interface ArrivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Whether the signature in the query is that of this request. */
export function hasQuerySignature(request: ArrivedRequest, secret: string): boolean {
  const { searchParams } = new URL(request.path, "https://storage.invalid");
  return searchParams.get("X-Amz-Signature") === querySignatureOf(request, secret);
}

/** The signature that the request has to carry. */
export function querySignatureOf({ method, path, headers }: ArrivedRequest, secret: string): string {
  const { pathname, searchParams } = new URL(path, "https://storage.invalid");
  const parameter = (name: string): string => searchParams.get(name) ?? "";
  const query = [...searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map((pair) => pair.map(encode).join("="))
    .toSorted()
    .join("&");
  const signedHeaders = parameter("X-Amz-SignedHeaders");
  const lines = signedHeaders.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, pathname, query, lines.join(""), signedHeaders, "UNSIGNED-PAYLOAD"].join("\n");
  const [, date = "", region = "", service = ""] = parameter("X-Amz-Credential").split("/");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", parameter("X-Amz-Date"), scope, hash(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
  return hmac(key, text).toString("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
