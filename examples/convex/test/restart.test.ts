// The backend ends while a mutation runs, and another one, with an empty database, listens in its place.
import { makeFunctionReference } from "convex/server";
import { expect, onTestFinished, test } from "vitest";
import { mutation } from "../convex/_generated/server.js";
import { startEmbeddedBackend } from "../server/index.ts";
import { openConvexClient, valueThat } from "./support/backend.ts";
import { createGate } from "./support/gate.ts";
import { probe, probeModules } from "./support/probe.ts";

const slowWrite = makeFunctionReference<"mutation">("slow:write");

test("a mutation in flight is sent again, and is in the new database once", async () => {
  const [began, gate] = [createGate(), createGate()];
  const write = mutation({
    args: {},
    handler: async (ctx) => {
      began.open();
      await gate.opened;
      await ctx.db.insert("users", { clerkId: "probe" });
      return "written";
    },
  });
  const modules = { ...probeModules(), "./slow.ts": () => Promise.resolve({ write }) };
  const first = await startEmbeddedBackend({ modules });
  const client = openConvexClient(first);
  const counts: number[] = [];
  onTestFinished(client.onUpdate(probe.read.query, {}, (count) => void counts.push(count)));
  const answer = client.mutation(slowWrite, {});
  await began.opened;
  await first.close();

  const second = await startEmbeddedBackend({ modules, port: Number(new URL(first.url).port) });
  onTestFinished(() => second.close());
  gate.open();
  expect(await answer).toBe("written");
  expect(await valueThat(client, probe.read, (count) => count === 1)).toBe(1);
  expect(Math.max(...counts)).toBe(1);
});
