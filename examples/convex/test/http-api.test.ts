import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { describe, expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openBackend, openHttpClient } from "./support/backend.ts";
import { probe, probeModules } from "./support/probe.ts";

async function openProbe(): Promise<ConvexHttpClient> {
  const { url } = await openBackend({ modules: probeModules() });
  return new ConvexHttpClient(url, { logger: false });
}

describe("ConvexHttpClient", () => {
  test("calls queries and mutations of the contract", async () => {
    const client = await openHttpClient(await openBackend());
    expect(await client.mutation(api.users.reserveCredits, { amount: 40 })).toEqual({ success: true });
    const balance = await client.query(api.users.getUserCreditsBreakdown, {});
    expect(balance).toEqual({ total: 100, reserved: 40, available: 60 });
  });

  test("calls actions; a function that returns nothing returns null", async () => {
    const client = await openProbe();
    expect(await client.action(probe.writeInAction, {})).toBe("done");
    expect(await client.mutation(probe.write, {})).toBeNull();
    expect(await client.query(probe.read.query, {})).toBe(2);
  });

  test("carries values that JSON has no words for", async () => {
    const value = { big: 10n, bytes: new Uint8Array([1, 2]).buffer, endless: Number.POSITIVE_INFINITY };
    expect(await (await openProbe()).query(probe.echo, { value })).toEqual(value);
  });

  test("gets a ConvexError with its data", async () => {
    const value = { code: "no", big: 7n };
    const call = (await openProbe()).query(probe.fail, { value });
    await expect(call).rejects.toBeInstanceOf(ConvexError);
    await expect(call).rejects.toMatchObject({ data: value });
  });

  test("reads two queries of one moment, and says so when the moment has passed", async () => {
    const client = await openProbe();
    expect([
      await client.consistentQuery(probe.read.query, {}),
      await client.consistentQuery(probe.read.query, {}),
    ]).toEqual([0, 0]);
    await client.mutation(probe.write, {});
    await expect(client.consistentQuery(probe.read.query, {})).rejects.toThrow("TimestampTooOld");
  });

  test("calls a function whose kind it does not say", async () => {
    // Convex leaves this method out of its types.
    const client = (await openProbe()) as unknown as Record<"function", (...call: unknown[]) => Promise<unknown>>;
    expect(await client.function("probe:writeInAction", undefined, {})).toBe("done");
    expect(await client.function("probe:write", undefined, {})).toBeNull();
    expect(await client.function("probe:read", undefined, {})).toBe(2);
    await expect(client.function("probe:hiddenWrite", undefined, {})).rejects.toThrow("Could not find public function");
    await expect(client.function("probe:read", "component", {})).rejects.toThrow("BadDeployKey");
  });

  test("a signed-out caller learns so by code", async () => {
    const client = new ConvexHttpClient((await openBackend()).url, { logger: false });
    const call = client.query(api.users.getUserCreditsBreakdown, {});
    await expect(call).rejects.toMatchObject({ data: { code: "unauthenticated" } });
  });
});

describe("what cannot be reached", () => {
  const names = [
    "probe:hiddenWrite",
    "probe:helper",
    "probe:missing",
    "model/credits:creditsOf",
    "nowhere:x",
    "constructor",
  ];
  test.for(names)("%s, which is not a public function", async (name) => {
    const call = (await openProbe()).mutation(makeFunctionReference<"mutation">(name), {});
    await expect(call).rejects.toThrow(/Could not find public function/);
  });

  test("a mutation called as a query", async () => {
    const client = new ConvexHttpClient((await openBackend()).url, { logger: false });
    const call = client.query(makeFunctionReference<"query">("users:reserveCredits"), { amount: 1 });
    await expect(call).rejects.toThrow(/as query, but it is defined as mutation/);
  });
});

describe("the wire", () => {
  const post = async (path: string, init: { body: string; token?: string }) => {
    const { url } = await openBackend();
    const headers = init.token === undefined ? {} : { authorization: `Bearer ${init.token}` };
    const response = await fetch(url + path, { method: "POST", body: init.body, headers });
    return { status: response.status, body: await response.json() };
  };
  const balance = JSON.stringify({ path: "users:getUserCreditsBreakdown", args: {} });

  test("a function that throws is status 560", async () => {
    const { status, body } = await post("/api/query", { body: balance });
    expect([status, body]).toMatchObject([560, { status: "error", errorData: { code: "unauthenticated" } }]);
  });

  test.for([
    ["not a token", "nonsense"],
    ["a token without claims", `${btoa('{"alg":"none"}')}.${btoa("{}")}.`],
  ] as const)("%s is status 401, before anything runs", async ([, token]) => {
    expect(await post("/api/query", { body: balance, token })).toMatchObject({
      status: 401,
      body: { code: "InvalidAuthHeader" },
    });
  });

  test("an expired token is status 401, in Convex's words", async () => {
    const backend = await openBackend();
    const token = backend.tokenFor({ subject: "alice", lifetimeSeconds: 0 });
    expect(await post("/api/query", { body: balance, token })).toMatchObject({
      status: 401,
      body: { code: "Unauthenticated", message: expect.stringContaining("Could not verify OIDC token claim") },
    });
  });

  test.for(["", "[]", "{}", '"text"', "null"])("a body that is not a call is status 400: %s", async (body) => {
    expect(await post("/api/mutation", { body })).toMatchObject({ status: 400, body: { code: "BadJsonBody" } });
  });

  test.for(["/api/functions", "/api/query/x"])("%s is status 404", async (path) => {
    expect(await post(path, { body: balance })).toMatchObject({ status: 404 });
  });

  test("browsers of any origin may call, as with a real deployment", async () => {
    const { url } = await openBackend();
    const preflight = await fetch(`${url}/api/query`, { method: "OPTIONS" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toContain("convex-client");
    const answer = await fetch(`${url}/api/query`, { method: "POST", body: balance });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });
});
