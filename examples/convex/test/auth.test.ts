// Signing in over the WebSocket: refused, expired and changed tokens.
import { ConvexClient } from "convex/browser";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { api } from "../convex/_generated/api.js";
import { tokenFor } from "../server/index.ts";
import { openBackend, openConvexClient, openHttpClient, valueThat } from "./support/backend.ts";

const balanceQuery = { query: api.users.getUserCreditsBreakdown, args: {} };
const HOUR_MS = 3_600_000;

afterEach(() => void vi.useRealTimers());

test("a token that has expired already is refreshed, and the waiting call runs once, signed in", async () => {
  const backend = await openBackend();
  await openHttpClient(backend);
  const client = openConvexClient(backend);
  const asked: boolean[] = [];
  client.setAuth(({ forceRefreshToken }) => {
    asked.push(forceRefreshToken);
    return Promise.resolve(tokenFor({ subject: "alice", lifetimeSeconds: asked.length === 1 ? 0 : 3600 }));
  });
  await client.mutation(api.users.reserveCredits, { amount: 40 });
  expect(await client.query(api.users.getUserCreditsBreakdown, {})).toMatchObject({ reserved: 40 });
  expect(asked.slice(0, 2)).toEqual([false, true]);
});

test("a token that expires on an open connection runs nothing: the call waits for a fresh one", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const backend = await openBackend();
  await openHttpClient(backend);
  const client = openConvexClient(backend);
  let asked = 0;
  const refreshed = new Promise<void>((resolve) => {
    client.setAuth(() => {
      asked += 1;
      if (asked === 2) resolve();
      return Promise.resolve(tokenFor({ subject: "alice" }));
    });
  });
  await valueThat(client, balanceQuery, ({ reserved }) => reserved === 0);
  // A client refreshes its first token as soon as the server has taken it.
  await refreshed;
  vi.setSystemTime(Date.now() + 2 * HOUR_MS);
  expect(await client.mutation(api.users.reserveCredits, { amount: 40 })).toEqual({ success: true });
  expect(asked).toBeGreaterThan(2);
  expect(await client.query(api.users.getUserCreditsBreakdown, {})).toMatchObject({ reserved: 40 });
});

test("a client whose tokens are all refused ends up signed out, and its call is not executed", async () => {
  const backend = await openBackend();
  const http = await openHttpClient(backend);
  const client = new ConvexClient(backend.url, { logger: false });
  onTestFinished(() => client.close());
  const signedOut = new Promise<void>((resolve) => {
    client.setAuth(
      () => Promise.resolve(tokenFor({ subject: "alice", lifetimeSeconds: 0 })),
      (isAuthenticated) => {
        if (!isAuthenticated) resolve();
      },
    );
  });
  const call = client.mutation(api.users.reserveCredits, { amount: 40 });
  await expect(call).rejects.toMatchObject({ data: { code: "unauthenticated" } });
  await signedOut;
  expect(await http.query(api.users.getUserCreditsBreakdown, {})).toMatchObject({ reserved: 0 });
});

test("changing the user changes the answers of the queries that are open", async () => {
  const backend = await openBackend();
  await openHttpClient(backend, "alice", { credits: 10 });
  await openHttpClient(backend, "bob", { credits: 20 });
  const client = openConvexClient(backend, "alice");
  await valueThat(client, balanceQuery, ({ total }) => total === 10);
  const asBob = valueThat(client, balanceQuery, ({ total }) => total === 20);
  client.setAuth(() => Promise.resolve(tokenFor({ subject: "bob" })));
  expect(await asBob).toMatchObject({ total: 20 });
});
