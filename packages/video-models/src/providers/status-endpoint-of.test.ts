// Holds the status endpoints against fal's own client.
import { createFalClient, parseEndpointId } from "@fal-ai/client";
import { describe, expect, test } from "vitest";
import { publishedEndpoints } from "./__fixtures__/published-schema.ts";
import { MODEL_IDS, REACHABLE_REQUESTS } from "./__fixtures__/reachable-requests.ts";
import { providersFor } from "./providers-for.ts";
import { statusEndpointOf } from "./status-endpoint-of.ts";
import { toProviderJob } from "./to-provider-job.ts";

/** Each model with each of its endpoints on fal. Sora's are named, because no request of a form reaches them there. */
const falEndpoints = new Map(
  [
    ...REACHABLE_REQUESTS.filter((request) => providersFor(request).includes("fal")).map((request) => {
      const { endpoint } = toProviderJob(request, { provider: "fal" });
      return { model: request.model, endpoint };
    }),
    ...publishedEndpoints("fal")
      .filter((endpoint) => endpoint.includes("sora"))
      .map((endpoint) => ({ model: "kie-sora-2", endpoint }) as const),
  ].map((row) => [`${row.model} ${row.endpoint}`, row] as const),
);

describe("statusEndpointOf", () => {
  test("is the owner and app of every endpoint that a model uses on fal", () => {
    expect(new Set([...falEndpoints.values()].map(({ model }) => model))).toEqual(new Set(MODEL_IDS));
    for (const { model, endpoint } of falEndpoints.values()) {
      const { owner, alias } = parseEndpointId(endpoint);
      expect(statusEndpointOf(model, "fal")).toBe(`${owner}/${alias}`);
    }
  });

  test("leads fal's client to the same addresses as the full endpoint", async () => {
    const asked: string[] = [];
    const fal = createFalClient({
      credentials: "test",
      fetch: async (url) => {
        asked.push(new Request(url).url);
        return Response.json({ status: "IN_QUEUE" });
      },
    });
    for (const { model, endpoint } of falEndpoints.values()) {
      asked.length = 0;
      for (const id of [endpoint, statusEndpointOf(model, "fal") ?? ""]) {
        await fal.queue.status(id, { requestId: "id" });
        await fal.queue.result(id, { requestId: "id" });
        await fal.queue.cancel(id, { requestId: "id" });
      }
      expect(asked.slice(0, 3)).toEqual(asked.slice(3));
      expect(asked[0]).toContain("/requests/id/status");
    }
  });

  test("is nothing where a job's id is enough", () => {
    expect(statusEndpointOf("kie-wan-2.5", "kie")).toBeUndefined();
    expect(statusEndpointOf("vid-ovi", "wavespeed")).toBeUndefined();
  });

  test("refuses a model that does not exist", () => {
    // @ts-expect-error: not an id
    expect(() => statusEndpointOf("constructor", "fal")).toThrow("constructor");
  });
});
