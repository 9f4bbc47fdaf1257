// No route invites another site's pages: none sends a CORS header to any origin. The reason is in create-video-routes.ts.
import { describe, expect, test } from "vitest";
import { createRoutesWorld, GOOD } from "./__fixtures__/routes-world.ts";

const { check: _, ...handlers } = createRoutesWorld().routes;
const cases = Object.entries(handlers).flatMap(([name, handle]) =>
  ["null", "https://ok.evil.com", "https://evil.com", "https://app.example.evil.com"].map(
    (origin) => [name, origin, handle] as const,
  ),
);

describe.each(cases)("%s, asked from %s,", (_, origin, handle) => {
  const headers = { origin, authorization: "Bearer u1", cookie: "session=1" };
  const corsHeaders = (response: Response) =>
    [...response.headers.keys()].filter((key) => key.startsWith("access-control-"));

  test.each(["GET", "POST"])("sends no CORS header with its answer to %s", async (method) => {
    const init: RequestInit = { method, headers };
    if (method === "POST") init.body = JSON.stringify(GOOD);
    const url = "https://app.example/api?provider=fal&modelId=vid-veo-3.1";
    expect(corsHeaders(await handle(new Request(url, init)))).toEqual([]);
  });

  test("lets no preflight pass", async () => {
    const asking = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
    const request = new Request("https://app.example/api", { method: "OPTIONS", headers: { ...headers, ...asking } });
    const response = await handle(request);
    expect([response.status, corsHeaders(response)]).toEqual([405, []]);
  });
});
