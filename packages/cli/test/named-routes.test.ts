// Routes that CONVEX_URL and ROUTES_URL name, and an answer to a paid submit that is lost on its way: it is only sent again where the user
// has said that these routes answer a repeated key with the first job.
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp } from "../src/compose.ts";
import { startServices, type Services } from "../src/services.ts";
import { readSettings } from "../src/settings.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices({ credits: 1_000, jobMs: 200 });
});
afterAll(() => services.close());

/** Routes before the real ones, whose first submit is taken and not answered. */
async function losingRoutes() {
  let submits = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = "GET", url = "", headers } = request;
      const init = {
        method,
        headers: headers as Record<string, string>,
        ...(method === "POST" && { body: Buffer.concat(chunks) }),
      };
      const answer = await fetch(`${services.routesUrl}${url}`, init);
      if (url.includes("generate-video") && (submits += 1) === 1) return void request.socket.destroy();
      const type = answer.headers.get("content-type") ?? "application/json";
      response.writeHead(answer.status, { "content-type": type }).end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // of a server that listens
  return {
    url: `http://127.0.0.1:${port}`,
    submits: () => submits,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test("a token that the backend does not take is told of in its own words, before anything is held", async () => {
  const env = { CONVEX_URL: services.convexUrl, CONVEX_TOKEN: "garbage", ROUTES_URL: services.routesUrl };
  const app = await openApp({ credits: 0, takesOperationIds: true, settings: readSettings(env), platform: {} });
  try {
    await expect(app.balance()).rejects.toMatchObject({
      code: "not-signed-in",
      message: expect.stringMatching(/does not tell the credits of CONVEX_TOKEN's user: Not signed in/) as string,
    });
  } finally {
    await app.close();
  }
});

test.each([
  ["1", { status: "completed", settlement: "captured" }, 2],
  ["", { status: "failed", error: { code: "submission-unknown" } }, 1],
])("ROUTES_HONOUR_KEYS=%j", async (honours, expected, submits) => {
  const routes = await losingRoutes();
  const settings = readSettings({
    ...{ CONVEX_URL: services.convexUrl, CONVEX_TOKEN: services.getToken(), ROUTES_URL: routes.url },
    ...{ ROUTES_HONOUR_KEYS: honours, SANDBOX_JOB_MS: "200" },
  });
  const app = await openApp({ credits: 0, takesOperationIds: true, settings, platform: {} });
  try {
    const generation = app.engine.generate({ model: "vid-seedance-pro-fast", prompt: "a corgi" });
    expect(await generation.outcome).toMatchObject(expected);
    expect(routes.submits()).toBe(submits);
  } finally {
    await app.close();
    await routes.close();
  }
});
