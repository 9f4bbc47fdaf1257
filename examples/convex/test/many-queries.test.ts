// Many queries on one connection: a new one runs alone, and none is of another moment than the rest.
import type { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { v } from "convex/values";
import { expect, onTestFinished, test, vi } from "vitest";
import { query } from "../convex/_generated/server.js";
import { openBackend, openConvexClient, valueThat } from "./support/backend.ts";
import { probe, probeModules } from "./support/probe.ts";

const FOLLOWED = 200;
const counted = makeFunctionReference<"query">("counted:read");

/** A query that says how often it was run, by its number. */
function countedModules() {
  const runs = new Map<number, number>();
  const read = query({
    args: { number: v.number() },
    handler: async (ctx, { number }) => {
      runs.set(number, (runs.get(number) ?? 0) + 1);
      return (await ctx.db.query("users").collect()).length;
    },
  });
  return { runs, modules: { ...probeModules(), "./counted.ts": () => Promise.resolve({ read }) } };
}

/** Follows one query after the other, each in a message of its own. Returns what was received last of each. */
async function followAll(client: ConvexClient): Promise<Map<number, number>> {
  const values = new Map<number, number>();
  for (let number = 0; number < FOLLOWED; number += 1) {
    await new Promise<void>((resolve) => {
      onTestFinished(
        client.onUpdate(counted, { number }, (value) => {
          values.set(number, value);
          resolve();
        }),
      );
    });
  }
  return values;
}

test("each of 200 queries runs once, however many are followed already", async () => {
  const { runs, modules } = countedModules();
  const client = openConvexClient(await openBackend({ modules }));
  await followAll(client);
  // The first may run twice: nothing is known of the connection's moment before it.
  expect(Math.max(...runs.values())).toBeLessThanOrEqual(2);
  expect([...runs.values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(FOLLOWED + 1);
});

test("a commit reaches all of them, and one that is followed after it is of the same moment", async () => {
  const { modules } = countedModules();
  const backend = await openBackend({ modules });
  const client = openConvexClient(backend);
  const values = await followAll(client);
  await client.mutation(probe.write, {});
  await vi.waitFor(() => expect(new Set(values.values())).toEqual(new Set([1])), { timeout: 30_000 });

  await openConvexClient(backend).mutation(probe.write, {});
  const late = await valueThat(client, { query: counted, args: { number: FOLLOWED } }, () => true);
  // What the others show is never newer or older than what the new one showed.
  await vi.waitFor(() => expect(new Set(values.values())).toEqual(new Set([2])), { timeout: 30_000 });
  expect(late).toBe(2);
});
