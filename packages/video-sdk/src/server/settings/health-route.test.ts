// Who learns what of the server's health.
import { expect, test, vi } from "vitest";
import { createRoutesWorld } from "../__fixtures__/routes-world.ts";

const SECRET = "a cron secret of the test";
const ADDRESS = "https://app.example/health";

async function ask(routes: ReturnType<typeof createRoutesWorld>["routes"], token?: string) {
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
  const response = await routes.health(new Request(ADDRESS, { headers }));
  return { status: response.status, body: await response.json(), cache: response.headers.get("cache-control") };
}

test("strangers learn yes or no", async () => {
  expect(await ask(createRoutesWorld({ cronSecret: SECRET }).routes)).toEqual({
    status: 200,
    body: { ok: true },
    cache: "no-store",
  });
  const { routes } = createRoutesWorld({ cronSecret: SECRET, signingSecret: "short" });
  for (const token of [undefined, "", "wrong", SECRET.slice(0, -1)]) {
    expect(await ask(routes, token)).toMatchObject({ status: 503, body: { ok: false } });
    expect(Object.keys((await ask(routes, token)).body)).toEqual(["ok"]);
  }
});

test("the owner learns what is wrong", async () => {
  const { routes } = createRoutesWorld({ cronSecret: SECRET, signingSecret: "short" });
  const { status, body } = await ask(routes, SECRET);
  expect([status, body]).toMatchObject([
    503,
    { ok: false, findings: [{ option: "signingSecret", level: "unusable" }] },
  ]);
});

test.each([[undefined], [""], ["short"]])("with the cron secret %j no caller is the owner", async (cronSecret) => {
  const { routes } = createRoutesWorld({ cronSecret, signingSecret: "short" });
  for (const token of ["", "short", "undefined"]) expect((await ask(routes, token)).body).toEqual({ ok: false });
});

test("a crowd has the checks run once in ten seconds", async () => {
  const check = vi.fn<() => []>(() => []);
  const { routes, clock } = createRoutesWorld({ checks: [check] });
  await Promise.all(Array.from({ length: 50 }, async () => await ask(routes)));
  expect(check).toHaveBeenCalledOnce();
  clock.jump(10_000);
  await ask(routes);
  expect(check).toHaveBeenCalledTimes(2);
  clock.jump(-60_000);
  await ask(routes);
  expect(check).toHaveBeenCalledTimes(3);
});

test("takes GET only", async () => {
  const response = await createRoutesWorld().routes.health(new Request(ADDRESS, { method: "POST" }));
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
});
