// GET models: a released app learns from it what its built-in registry does not know yet.
import { createPricing, mergeCatalogue, VIDEO_MODELS } from "@video-engine/video-models";
import { expect, test } from "vitest";
import type { createVideoRoutes } from "./create-video-routes.ts";
import { createRoutesWorld, GOOD, MODEL, SECRET } from "./__fixtures__/routes-world.ts";

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

test("what became of a model is the owner's to say: it is refused, and clients are told", async () => {
  const lifecycle = { stage: "retired", date: "2027-01", replacement: "vid-veo-3.1" } as const;
  const { routes, generate, fal } = createRoutesWorld({ lifecycles: { [MODEL]: lifecycle } });
  const merged = mergeCatalogue((await ask(routes)).body);
  expect(merged.getVideoModel(MODEL).lifecycle).toEqual(lifecycle);
  const { status, body } = await generate(GOOD);
  expect([status, body.error.code]).toEqual([410, "model-retired"]);
  expect(body.error.message).toContain('Use Veo 3.1 ("vid-veo-3.1") instead.');
  expect(fal.jobs).toEqual([]);
});

test.each([
  [{ "vid-none": { stage: "available" } }, 'lifecycles["vid-none"]`: there is no such model'],
  [{ [MODEL]: { stage: "dead" } }, `lifecycles["${MODEL}"]\`: it is no {`],
  [{ [MODEL]: { stage: "retired", date: "2027-01", replacement: "vid-none" } }, 'there is no model "vid-none" to'],
])("lifecycles of %j are refused by name", (lifecycles, message) => {
  expect(() => createRoutesWorld({ lifecycles: lifecycles as never })).toThrow(message); // wrong on purpose
});

test("it is for signed-in users, by GET", async () => {
  const { routes } = createRoutesWorld();
  expect(await ask(routes, "")).toMatchObject({ status: 401 });
  expect(await ask(routes, "u1", "POST")).toMatchObject({ status: 405 });
});
