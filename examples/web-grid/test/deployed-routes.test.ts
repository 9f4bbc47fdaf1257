// The page over the routes of the deployed web app: a pair for each family of models, and a Turnstile token for each submit.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { newPerson } from "./support/person.ts";
import { chooseModel, generate, tileOf, untilFinished } from "./support/videos-page.ts";

/** The submits and questions of a page: path, and the token of a submit. */
function callsOf(page: Page): readonly { readonly path: string; readonly token: unknown }[] {
  const calls: { path: string; token: unknown }[] = [];
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (!path.startsWith("/api/")) return;
    const body = request.method() === "POST" ? (request.postDataJSON() as Record<string, unknown>) : {};
    calls.push({ path, token: body["turnstileToken"] });
  });
  return calls;
}

test.each([
  ["Veo 3.1", "/api/fal-generate-videos"],
  ["Seedance 1.5 Pro", "/api/kie-seedance-1.5-pro"],
])("%s is submitted to %s with a token of its own, and asked about beside it", async (model, path) => {
  const person = await newPerson();
  let calls: ReturnType<typeof callsOf> = [];
  const page = await person.open({
    query: "&deployed-routes",
    prepare: async (tab) => {
      calls = callsOf(tab);
    },
  });
  await chooseModel(page, model);
  for (const prompt of ["A kite", "Two kites"]) await untilFinished(await generate(page, prompt));
  const tokens = calls.filter((call) => call.path === path).map(({ token }) => token);
  expect(tokens).toHaveLength(2);
  expect(new Set(tokens).size).toBe(2);
  expect(calls.filter((call) => call.path === `${path}/status`).length).toBeGreaterThan(1);
  expect(calls.filter((call) => call.path.endsWith("/generate-video") || call.path.endsWith("/video-status"))).toEqual(
    [],
  );
});

test("a token that does not come costs nothing: the submit waits for one, and goes on", async () => {
  const person = await newPerson();
  const page = await person.open({ query: "&deployed-routes" });
  await page.route("**/demo/turnstile", (route) => route.abort(), { times: 2 });
  await untilFinished(await generate(page, "A late kite"));
  expect(await tileOf(page, "A late kite").count()).toBe(1);
  expect(await person.jobs("A late kite")).toHaveLength(1);
});
