// The map of routes that docs/migrate.md shows as an app's own does what the page says.
import { resolveVideoRequest } from "@video-engine/video-models";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { routesOf } from "../src/http/plan-routes.ts";
import { routes as own } from "./support/own-routes.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

test("the page shows this very map", () => {
  expect(read("../../../docs/migrate.md")).toContain(read("support/own-routes.ts"));
});

test("it sends the plan's body to a path of the model, and asks about a job by a path of its id", () => {
  const { request } = resolveVideoRequest({ model: "vid-ovi", prompt: "a fox" });
  const routes = routesOf(own);
  const body = { model: "vid-ovi", prompt: "a fox", aspectRatio: "16:9" };
  expect(routes.submit(request)).toEqual({ path: "api/video/vid-ovi", body });
  const job = { requestId: "job-1", endpoint: "fal-ai/x", model: "vid-ovi", modelId: "vid-ovi" } as const;
  expect(routes.status(job)).toEqual({ path: "api/video/jobs/job-1", query: { endpoint: "fal-ai/x" } });
  expect(routes.cancel?.(job)).toEqual({ path: "api/video/jobs/job-1/cancel", body: {} });
  expect(routes.firstFrame).toBeUndefined();
});
