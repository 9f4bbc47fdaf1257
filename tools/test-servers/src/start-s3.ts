/// <reference path="./s3rver.d.ts" />
// A storage on the loopback for tests: s3rver, which keeps the files and refuses unknown keys and addresses that are over, and in
// front of it a gate that checks the signature, because s3rver checks none of version 4.
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as startRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { hasQuerySignature } from "./query-signature.ts";

/** A running storage. */
export interface TestS3 {
  /** Such as `http://127.0.0.1:40000`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** s3rver knows this one key; it is its own secret. */
  readonly keyId: string;
  stop(): Promise<void>;
}

const BUCKET = "uploads";
const KEY = "S3RVER";

/** Starts it. Ports are the system's choice. */
export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), "s3-"));
  const options = { address: "127.0.0.1", port: 0, silent: true, directory, configureBuckets: [{ name: BUCKET }] };
  const s3 = new S3rver(options);
  const { port } = await s3.run();
  const gate = createServer((request, response) => pass(request, response, port));
  await new Promise<void>((resolve) => void gate.listen(0, "127.0.0.1", resolve));
  const address = gate.address();
  if (address === null || typeof address === "string") throw new Error("The gate has no port.");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    bucket: BUCKET,
    keyId: KEY,
    stop: async () => {
      gate.closeAllConnections();
      await new Promise((resolve) => gate.close(resolve));
      await s3.close();
      await rm(directory, { recursive: true });
    },
  };
}

// Reads are public, as in a bucket behind a CDN.
function pass(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method = "", url: path = "", headers } = request;
  const isRead = method === "GET" && !path.includes("?");
  if (!isRead && !hasQuerySignature({ method, path, headers }, KEY)) {
    request.resume();
    response.writeHead(403).end("SignatureDoesNotMatch");
    return;
  }
  const onward = startRequest({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.on("error", () => onward.destroy());
  request.pipe(onward);
}
