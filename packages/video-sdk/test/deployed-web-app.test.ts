// The deployed server under its web app: other submits, and a Turnstile token with each.
import { describe, expect, test, vi } from "vitest";
import { deployedWebRoutes } from "../src/index.ts";
import { fakeNetworkAndTime, outcomeOf } from "./support/open-app.ts";
import { expectAsShipped, FRAMES, openDeployedApp, VEO, WAN } from "./support/open-deployed-app.ts";

fakeNetworkAndTime();

describe("the web app", () => {
  const server = { webFields: ["turnstileToken", "source"] };
  const SOURCE = { extraBody: () => ({ source: "grid" }) };

  test.each([VEO, WAN, { model: "pixverse-v5", prompt: "a fox", ...FRAMES } as const])(
    "$model: submits at its own routes with a token, and is asked about at those of the mobile client",
    async (request) => {
      const app = openDeployedApp({
        ...server,
        routes: deployedWebRoutes({ ...SOURCE, turnstileToken: () => "once-1" }),
      });
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({ status: "completed" });
      expect(app.deployed.jobs).toMatchObject([{ body: { turnstileToken: "once-1", source: "grid" } }]);
      expectAsShipped(app);
    },
  );

  test("a token that is refused, or cannot be had, is asked for anew: the submit is sent with a token once", async () => {
    const tokens = [undefined, "once-1", "once-2"];
    const turnstileToken = vi.fn<() => string>(() => {
      const token = tokens.shift();
      if (token === undefined) throw new Error("The challenge was left.");
      return token;
    });
    const app = openDeployedApp({
      ...server,
      routes: deployedWebRoutes({ ...SOURCE, turnstileToken }),
      submit: ({ id, body }) =>
        body["turnstileToken"] === "once-1"
          ? { status: 403, body: { error: "This token was used." } }
          : { body: { queued: true, requestId: id, endpoint: "fal-ai/some/model" } },
    });
    expect(await outcomeOf(app.engine.generate(VEO))).toMatchObject({ status: "completed" });
    expect(app.deployed.jobs.map(({ body }) => body["turnstileToken"])).toEqual(["once-1", "once-2"]);
    expectAsShipped(app);
  });

  test("without a token nothing is sent, and the credits are given back after four attempts", async () => {
    const turnstileToken = vi.fn<() => string>(() => "");
    const app = openDeployedApp({ ...server, routes: deployedWebRoutes({ turnstileToken }) });
    const outcome = await outcomeOf(app.engine.generate(VEO));
    expect(outcome).toMatchObject({ status: "failed", settlement: "released", error: { code: "unreachable" } });
    expect(turnstileToken).toHaveBeenCalledTimes(4);
    expect(app.deployed.jobs).toEqual([]);
    expectAsShipped(app);
  });
});
