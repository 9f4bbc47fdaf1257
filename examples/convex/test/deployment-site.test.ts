// Files and HTTP actions of the embedded backend, as an app that has them uses them.
import { ConvexHttpClient } from "convex/browser";
import { httpActionGeneric, httpRouter, makeFunctionReference } from "convex/server";
import { v } from "convex/values";
import { describe, expect, test } from "vitest";
import { mutation, query } from "../convex/_generated/server.js";
import { tokenFor } from "../server/index.ts";
import { openBackend } from "./support/backend.ts";
import { probe, probeModules } from "./support/probe.ts";

const files = {
  newUrl: makeFunctionReference<"mutation", Record<string, never>, string>("files:newUrl"),
  urlOf: makeFunctionReference<"query", { id: string }, string | null>("files:urlOf"),
  remove: makeFunctionReference<"mutation", { id: string }>("files:remove"),
};
const id = v.id("_storage");
const fileModules = {
  "./files.ts": () =>
    Promise.resolve({
      newUrl: mutation({ args: {}, handler: async (ctx) => await ctx.storage.generateUploadUrl() }),
      urlOf: query({ args: { id }, handler: async (ctx, args) => await ctx.storage.getUrl(args.id) }),
      remove: mutation({ args: { id }, handler: async (ctx, args) => await ctx.storage.delete(args.id) }),
    }),
};

describe("file storage", () => {
  test("a file is put to the address that a mutation returns, and read at the one that a query returns", async () => {
    const backend = await openBackend({ modules: fileModules });
    const client = new ConvexHttpClient(backend.url, { logger: false });
    const uploadUrl = await client.mutation(files.newUrl, {});
    expect(uploadUrl.startsWith(backend.url)).toBe(true);
    const put = await fetch(uploadUrl, { method: "POST", headers: { "content-type": "image/png" }, body: "pixels" });
    const { storageId } = await put.json();
    const url = String(await client.query(files.urlOf, { id: storageId }));
    const file = await fetch(url);
    expect([file.headers.get("content-type"), await file.text()]).toEqual(["image/png", "pixels"]);

    await client.mutation(files.remove, { id: storageId });
    expect(await client.query(files.urlOf, { id: storageId })).toBeNull();
    expect((await fetch(url)).status).toBe(404);
  });
});

/** An app with one HTTP action, which writes, and says who calls and what was sent. */
function httpModules() {
  const http = httpRouter();
  const handler = httpActionGeneric(async (ctx, request) => {
    await ctx.runMutation(probe.write, {});
    const caller = await ctx.auth.getUserIdentity();
    return Response.json({ caller: caller?.subject ?? null, sent: await request.text() }, { status: 201 });
  });
  http.route({ path: "/hook", method: "POST", handler });
  return { ...probeModules(), "./http.ts": () => Promise.resolve({ default: http }) };
}

describe("HTTP actions", () => {
  test("answer at their paths, know who calls, and what they wrote is there", async () => {
    const { url } = await openBackend({ modules: httpModules() });
    const headers = { authorization: `Bearer ${tokenFor({ subject: "alice" })}` };
    const response = await fetch(`${url}/hook?x=1`, { method: "POST", headers, body: "hello" });
    expect([response.status, await response.json()]).toEqual([201, { caller: "alice", sent: "hello" }]);
    expect(await (await fetch(`${url}/hook`, { method: "POST" })).json()).toEqual({ caller: null, sent: "" });
    expect(await new ConvexHttpClient(url, { logger: false }).query(probe.read.query, {})).toBe(2);
  });

  test("are not there where no route leads, nor in an app without them", async () => {
    expect((await fetch(`${(await openBackend({ modules: httpModules() })).url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${(await openBackend()).url}/hook`, { method: "POST" })).status).toBe(404);
  });
});
