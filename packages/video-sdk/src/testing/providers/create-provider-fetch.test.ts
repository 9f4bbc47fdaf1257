import { describe, expect, test } from "vitest";
import { createProviderFetch, type SimulatedProvider } from "./create-provider-fetch.ts";

const echo: SimulatedProvider = {
  hosts: ["echo.example"],
  handle: async (request) => Response.json({ method: request.method, body: await request.text() }),
};

describe("createProviderFetch", () => {
  test("hands a call to the provider of its host, as a whole request", async () => {
    const fetch = createProviderFetch([echo]);
    const response = await fetch(new URL("https://echo.example/x"), { method: "POST", body: "hello" });
    expect(await response.json()).toEqual({ method: "POST", body: "hello" });
  });

  test("fails as fetch does for a host that no provider answers for", async () => {
    const failure = createProviderFetch([echo])("https://elsewhere.example/").catch((error: unknown) => error);
    expect(await failure).toMatchObject({ name: "TypeError", message: "fetch failed", cause: { code: "ENOTFOUND" } });
  });

  test("rejects with the signal's reason when it was aborted before", async () => {
    const reason = new Error("gone");
    const call = createProviderFetch([echo])("https://echo.example/", { signal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
  });
});
