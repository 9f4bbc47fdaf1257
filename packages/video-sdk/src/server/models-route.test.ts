// GET models: a released app learns from it what its built-in registry does not know yet.
import { createPricing, mergeCatalogue, VIDEO_MODELS } from "@video-engine/video-models";
import { expect, test } from "vitest";
import type { createVideoRoutes } from "./create-video-routes.ts";
import { createRoutesWorld, SECRET } from "./__fixtures__/routes-world.ts";

const ask = async (routes: Pick<ReturnType<typeof createVideoRoutes>, "models">, user = "u1", method = "GET") => {
  const headers = user === "" ? {} : { authorization: `Bearer ${user}` };
  const response = await routes.models(new Request("https://app.example/api", { method, headers }));
  return { status: response.status, body: (await response.json()) as unknown };
};

test("the catalogue has every model, with its lifecycle, and the app's prices", async () => {
  const pricing = createPricing({ creditValueUsd: 0.01, margin: 0.4, baseCredits: { "vid-ovi": 33 } });
  const { status, body } = await ask(createRoutesWorld({ pricing }).routes);
  const merged = mergeCatalogue(body);
  expect(status).toBe(200);
  expect(merged.models).toEqual(VIDEO_MODELS);
  expect(merged.getVideoModel("vid-seedance-lite").lifecycle).toMatchObject({ stage: "retired", date: "2026-05" });
  const request = { model: "vid-kling-3-pro", prompt: "", duration: 7 } as const;
  expect(merged.pricing?.quoteVideo(request).credits).toBe(pricing.quoteVideo(request).credits);
  expect(merged.pricing?.calculateVideoCost("vid-ovi")).toBe(33);
});

test("an app without prices of its own is told today's charges, and secrets are not told", async () => {
  const { body } = await ask(createRoutesWorld().routes);
  expect(mergeCatalogue(body).pricing?.calculateVideoCost("vid-veo-3.1")).toBe(240);
  expect(JSON.stringify(body)).not.toContain(SECRET);
});

test("it is for signed-in users, by GET", async () => {
  const { routes } = createRoutesWorld();
  expect(await ask(routes, "")).toMatchObject({ status: 401 });
  expect(await ask(routes, "u1", "POST")).toMatchObject({ status: 405 });
});
