// Which pages of other origins may read what the routes answer: through the app's own proxy.
import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { proxy } from "../proxy.ts";

afterEach(() => vi.unstubAllEnvs());

const PREFLIGHT = { "access-control-request-method": "POST" };

function ask(origin: string | undefined, method: "GET" | "OPTIONS", more: Record<string, string> = {}) {
  const headers = { ...(origin === undefined ? {} : { origin }), ...more };
  return proxy(new NextRequest("https://app.example/api/mobile/generate-video", { method, headers }));
}

const allowed = ({ headers }: Response): string | null => headers.get("access-control-allow-origin");

test("none by default", () => {
  vi.stubEnv("ALLOWED_ORIGINS", "");
  expect(allowed(ask("https://other.example", "GET"))).toBeNull();
  const preflight = ask("https://other.example", "OPTIONS", PREFLIGHT);
  expect([preflight.status, allowed(preflight)]).toEqual([204, null]);
});

test.each([
  ["https://one.example", "https://one.example"],
  ["https://two.example", "https://two.example"],
  ["https://one.example.evil.example", null],
  ["http://one.example", null],
  ["null", null],
  [undefined, null],
])("of those that are named, %s gets %s", (origin, answer) => {
  vi.stubEnv("ALLOWED_ORIGINS", "https://one.example, https://two.example");
  const read = ask(origin, "GET");
  expect([allowed(read), read.headers.get("vary")]).toEqual([answer, "Origin"]);
  expect(read.headers.get("access-control-allow-credentials")).toBeNull();
  expect(allowed(ask(origin, "OPTIONS", PREFLIGHT))).toBe(answer);
});

test("a preflight is told what the engine sends", () => {
  vi.stubEnv("ALLOWED_ORIGINS", "https://one.example");
  const { headers, status } = ask("https://one.example", "OPTIONS", PREFLIGHT);
  expect(status).toBe(204);
  for (const name of ["authorization", "content-type", "idempotency-key"])
    expect(headers.get("access-control-allow-headers")).toContain(name);
});

test("an OPTIONS that is no preflight goes to the route, which refuses it", () => {
  expect(ask("https://one.example", "OPTIONS").headers.get("x-middleware-next")).toBe("1");
});
