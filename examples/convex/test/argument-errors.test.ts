// What a client is told of arguments that the functions do not take, on a development deployment and in production.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { v, type Value } from "convex/values";
import { describe, expect, test } from "vitest";
import { query } from "../convex/_generated/server.js";
import { openBackend, openConvexClient } from "./support/backend.ts";

const take = makeFunctionReference<"query", Record<string, Value>>("taker:take");
const args = {
  amount: v.number(),
  note: v.optional(v.string()),
  kind: v.optional(v.union(v.literal("video"), v.null(), v.id("users"))),
  list: v.optional(v.array(v.object({ at: v.int64() }))),
  bytes: v.optional(v.bytes()),
  byName: v.optional(v.record(v.string(), v.boolean())),
  anything: v.optional(v.any()),
};
const modules = { "./taker.ts": () => Promise.resolve({ take: query({ args, handler: () => "taken" }) }) };
const VALIDATOR =
  'v.object({amount: v.float64(), note: v.optional(v.string()), kind: v.optional(v.union(v.literal("video"), v.null(), v.id("users"))), ' +
  "list: v.optional(v.array(v.object({at: v.int64()}))), bytes: v.optional(v.bytes()), " +
  "byName: v.optional(v.record(v.string(), v.boolean())), anything: v.optional(v.any())})";

async function messageFor(given: Record<string, Value>, isProduction = false): Promise<string> {
  const { url } = await openBackend({ modules, isProduction });
  const failed: unknown = await new ConvexHttpClient(url, { logger: false })
    .query(take, given)
    .catch((error: unknown) => error);
  return failed instanceof Error ? failed.message.replace(/^\[Request ID: [0-9a-f]+\] /, "") : String(failed);
}

const HINT = "Consider wrapping the field validator in `v.optional(...)` if this is expected.";

describe("on a development deployment", () => {
  test.each<[string, Record<string, Value>, string]>([
    [
      "a field that is missing",
      {},
      `Object is missing the required field \`amount\`. ${HINT}\n\nObject: {}\nValidator: ${VALIDATOR}\n`,
    ],
    [
      "a field too many",
      { amount: 1.5, more: [true, null, "x", 3n] },
      `Object contains extra field \`more\` that is not in the validator.\n\nObject: {amount: 1.5, more: [true, null, "x", 3n]}\nValidator: ${VALIDATOR}\n`,
    ],
    [
      "a value of another kind",
      { amount: "1" },
      'Value does not match validator.\nPath: .amount\nValue: "1"\nValidator: v.float64()\n',
    ],
    [
      "a value that is none of several",
      { amount: 1, kind: 4 },
      'Value does not match validator.\nPath: .kind\nValue: 4.0\nValidator: v.union(v.literal("video"), v.null(), v.id("users"))\n',
    ],
    [
      "a field of an object in a list",
      { amount: 1, list: [{ at: 1n }, {}] },
      `Object is missing the required field \`at\`. ${HINT}\nPath: .list[1]\n\nObject: {}\nValidator: v.object({at: v.int64()})\n`,
    ],
    [
      "a value in a record",
      { amount: 1, byName: { a: true, b: new Uint8Array([1]).buffer } },
      'Value does not match validator.\nPath: .byName.b\nValue: b"AQ=="\nValidator: v.boolean()\n',
    ],
    [
      "bytes that are none",
      { amount: 1, bytes: {} },
      "Value does not match validator.\nPath: .bytes\nValue: {}\nValidator: v.bytes()\n",
    ],
    [
      "a list that is none",
      { amount: 1, list: 2 },
      "Value does not match validator.\nPath: .list\nValue: 2.0\nValidator: v.array(v.object({at: v.int64()}))\n",
    ],
  ])("%s", async (_name, given, text) => {
    expect(await messageFor(given)).toBe(`Server Error\nArgumentValidationError: ${text}`);
  });

  test("what matches is taken", async () => {
    const { url } = await openBackend({ modules });
    const given = { amount: 1, kind: null, list: [{ at: 1n }], byName: {}, anything: { x: [1] } };
    expect(await new ConvexHttpClient(url).query(take, given)).toBe("taken");
  });
});

test("in production a client learns nothing, over either protocol", async () => {
  expect(await messageFor({}, true)).toBe("Server Error");
  const client = openConvexClient(await openBackend({ modules, isProduction: true }));
  await expect(client.query(take, {})).rejects.toThrow(/Server Error\s+Called by client$/);
});
