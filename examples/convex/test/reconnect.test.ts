// Lost connections and lost answers: what the client sends again must not happen again.
import { makeFunctionReference, mutationGeneric } from "convex/server";
import { expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openBackend, openConvexClient, openHttpClient, valueThat } from "./support/backend.ts";
import { createGate } from "./support/gate.ts";
import { openLossyProxy } from "./support/lossy-proxy.ts";

const balanceQuery = { query: api.users.getUserCreditsBreakdown, args: {} };

test("after a cut connection the client comes back signed in, and sees what it missed", async () => {
  const backend = await openBackend();
  const http = await openHttpClient(backend);
  const client = openConvexClient(backend, "alice");
  await valueThat(client, balanceQuery, ({ available }) => available === 100);
  const caughtUp = valueThat(client, balanceQuery, ({ available }) => available === 60);
  backend.dropConnections();
  await http.mutation(api.users.reserveCredits, { amount: 40 });
  expect(await caughtUp).toMatchObject({ reserved: 40 });
});

test("a mutation whose answer is lost is sent again, runs once and gets its first answer", async () => {
  const backend = await openBackend();
  const http = await openHttpClient(backend);
  const proxy = await openLossyProxy(backend);
  const client = openConvexClient(proxy, "alice");
  await valueThat(client, balanceQuery, ({ available }) => available === 100);
  const lost = proxy.loseNext("MutationResponse");
  const slot = client.mutation(api.generations.acquireGenerationSlot, { type: "video", prompt: "a corgi" });
  await lost;
  const { slots } = await http.query(api.extras.books, {});
  expect(await slot).toEqual({ ok: true, generationId: slots[0]?._id });
  expect((await http.query(api.extras.books, {})).slots).toHaveLength(1);
});

test("a mutation that is still running when the connection dies runs once", async () => {
  const [started, finish] = [createGate(), createGate()];
  let runs = 0;
  const slow = mutationGeneric({
    args: {},
    handler: async () => {
      started.open();
      await finish.opened;
      return (runs += 1);
    },
  });
  const backend = await openBackend({ modules: { "./probe.ts": async () => ({ slow }) } });
  const client = openConvexClient(backend);
  const answer = client.mutation(makeFunctionReference<"mutation">("probe:slow"), {});
  await started.opened;
  backend.dropConnections();
  finish.open();
  expect([await answer, runs]).toEqual([1, 1]);
});
