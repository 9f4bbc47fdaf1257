// The samples of docs/migrate.md about routes are the files of samples/, which the compiler reads with everything else.
import { resolveVideoRequest } from "@video-engine/video-models";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { routesOf } from "../src/http/plan-routes.ts";
import { routes as ownRoutes } from "./samples/own-routes.ts";

const page = readFileSync(new URL("../../../docs/migrate.md", import.meta.url), "utf8");
const section = page.split(/^## /m).find((text) => text.startsWith("The routes")) ?? "";
const samples = new URL("samples/", import.meta.url);

/** The part of a file below its mark. Above it stands what the app has already. */
const sampleOf = (file: string): string =>
  (readFileSync(new URL(file, samples), "utf8").split("// sample\n")[1] ?? "").trim();

test("each sample is a file that compiles, and each file is a sample", () => {
  const printed = [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ""]) => text.trim());
  expect(printed.toSorted()).toEqual(readdirSync(samples).map(sampleOf).toSorted());
});

describe("the map of an app's own", () => {
  const routes = routesOf(ownRoutes);
  const job = { requestId: "job-1", endpoint: "fal-ai/x", model: "vid-ovi", modelId: "vid-ovi" } as const;

  test("sends what the page says", () => {
    const { request } = resolveVideoRequest({ model: "vid-ovi", prompt: "a fox" });
    const body = { model: "vid-ovi", prompt: "a fox", aspectRatio: "16:9" };
    expect(routes.submit(request)).toEqual({ path: "api/video/vid-ovi", body });
    expect(routes.status(job)).toEqual({ path: "api/video/jobs/job-1", query: { endpoint: "fal-ai/x" } });
    expect(routes.cancel?.(job).path).toBe("api/video/jobs/job-1/cancel");
    expect(routes.firstFrame).toBeUndefined();
  });
});
