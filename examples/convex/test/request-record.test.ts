// The record of session requests, in the database itself: what it keeps, for how long, and together with what.
import { convexTest } from "convex-test";
import { afterEach, expect, test, vi } from "vitest";
import { api } from "../convex/_generated/api.js";
import { embeddedModules } from "../server/embedded-modules.ts";
import { createFunctionRunner } from "../server/function-runner.ts";
import { REQUESTS_KEPT_MS, schemaWithRequests } from "../server/request-record.ts";

const identity = { subject: "alice", issuer: "https://embedded.invalid" };
const request = { sessionId: "s-1", requestId: 2_000 };
const reserve = { path: "users:reserveCredits", args: { amount: 40 } };

afterEach(() => void vi.useRealTimers());

async function openData() {
  process.env["ALLOW_EXTRAS"] ??= "1";
  const database = convexTest({ schema: schemaWithRequests, modules: embeddedModules });
  const alice = database.withIdentity(identity);
  await alice.mutation(api.extras.seedUser, { credits: 100 });
  return {
    alice,
    start: () => createFunctionRunner(database, { modules: embeddedModules, isProduction: false }),
    reserved: async () => (await alice.query(api.users.getUserCreditsBreakdown, {})).reserved,
  };
}

test("a result outlives the server that ran it, wherever the data does", async () => {
  const { start, reserved } = await openData();
  const first = await start().runOnce(request, reserve, identity);
  const repeated = await start().runOnce(request, reserve, identity);
  expect([first, repeated]).toEqual([
    { ok: true, value: { success: true } },
    { ok: true, value: { success: true } },
  ]);
  expect(await reserved()).toBe(40);
});

test("a result is kept for 14 days, and after that the same request runs again", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { start, reserved } = await openData();
  const runner = start();
  const firstAt = Date.now();
  await runner.runOnce(request, reserve, identity);
  vi.setSystemTime(firstAt + REQUESTS_KEPT_MS);
  await runner.runOnce(request, reserve, identity);
  expect(await reserved()).toBe(40);
  vi.setSystemTime(firstAt + REQUESTS_KEPT_MS + 1);
  await runner.runOnce(request, reserve, identity);
  expect(await reserved()).toBe(80);
});

test("what throws after it has written leaves neither its effect nor a result", async () => {
  const { start, reserved, alice } = await openData();
  const tooMuch = { path: "users:captureReservedCredits", args: { amount: 40 } };
  const thrown = await start().runOnce(request, tooMuch, identity);
  expect(thrown).toMatchObject({ ok: false, data: { code: "credits_not_reserved" } });
  expect(await alice.run((ctx) => ctx.db.query("sessionRequests").collect())).toEqual([]);
  await start().runOnce(request, reserve, identity);
  expect(await reserved()).toBe(40);
});

test("a request that comes while the first one runs waits for it, and runs nothing", async () => {
  const { start, reserved } = await openData();
  const runner = start();
  const answers = await Promise.all([1, 2, 3].map(() => runner.runOnce(request, reserve, identity)));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(await reserved()).toBe(40);
});

test("identity, function and arguments are not compared: the session and the number are all of it", async () => {
  const { start, reserved } = await openData();
  await start().runOnce(request, reserve, identity);
  const other = { path: "no:such", args: {} };
  expect(await start().runOnce(request, other, undefined)).toEqual({ ok: true, value: { success: true } });
  expect(await reserved()).toBe(40);
});
