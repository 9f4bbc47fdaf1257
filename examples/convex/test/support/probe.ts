// Functions that only tests need, as modules to add to an embedded backend. Rows of `users` stand in for a counter.
import { makeFunctionReference } from "convex/server";
import { ConvexError, v } from "convex/values";
import {
  action,
  internalMutation,
  mutation,
  query,
  type MutationCtx,
  type QueryCtx,
} from "../../convex/_generated/server.js";
import type { ModuleMap } from "../../server/index.ts";

const write = {
  args: {},
  handler: async (ctx: MutationCtx) => {
    await ctx.db.insert("users", { clerkId: "probe" });
  },
};
const count = async (ctx: QueryCtx) => (await ctx.db.query("users").collect()).length;

/** References to the public functions of `probeModules`. */
export const probe = {
  read: { query: makeFunctionReference<"query">("probe:read"), args: {} },
  write: makeFunctionReference<"mutation">("probe:write"),
  hiddenWrite: makeFunctionReference<"mutation">("probe:hiddenWrite"),
  writeLater: makeFunctionReference<"mutation">("probe:writeLater"),
  writeInAction: makeFunctionReference<"action">("probe:writeInAction"),
  echo: makeFunctionReference<"query">("probe:echo"),
  fail: makeFunctionReference<"query">("probe:fail"),
};

/** `read` counts what the others write; `writeInAction` ends when `afterWrite` does; `echo` returns what it is given and `fail` throws it. */
export function probeModules(afterWrite: Promise<void> = Promise.resolve()): ModuleMap {
  const functions = {
    read: query({ args: {}, handler: count }),
    write: mutation(write),
    hiddenWrite: internalMutation(write),
    writeLater: mutation({
      args: {},
      handler: async (ctx) => {
        await ctx.scheduler.runAfter(0, probe.hiddenWrite, {});
      },
    }),
    writeInAction: action({
      args: {},
      handler: async (ctx) => {
        await ctx.runMutation(probe.write, {});
        await afterWrite;
        return "done";
      },
    }),
    echo: query({ args: { value: v.any() }, handler: (_ctx, { value }) => value }),
    helper: () => "not a Convex function",
    fail: query({ args: { value: v.any() }, handler: (_ctx, { value }) => Promise.reject(new ConvexError(value)) }),
  };
  return { "./probe.ts": () => Promise.resolve(functions) };
}

/** `slow:read` reports that it began and counts once `opened` is there. `late:write` reports when it is called. */
export function racingModules(told: {
  readBegan: () => void;
  writeCalled: () => void;
  opened: Promise<void>;
}): ModuleMap {
  const read = query({
    args: {},
    handler: async (ctx) => {
      told.readBegan();
      await told.opened;
      return await count(ctx);
    },
  });
  const late = { write: mutation(write) };
  return {
    "./slow.ts": () => Promise.resolve({ read }),
    "./late.ts": () => {
      told.writeCalled();
      return Promise.resolve(late);
    },
  };
}
