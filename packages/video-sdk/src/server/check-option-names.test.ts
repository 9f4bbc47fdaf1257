// Options of the routes under names that there are none of: refused when the routes are built, not found out by the bill.
import { describe, expect, test } from "vitest";
import { createRoutesWorld } from "./__fixtures__/routes-world.ts";
import { createVideoRoutes, type VideoRoutesOptions } from "./create-video-routes.ts";

const good: VideoRoutesOptions = { authenticate: () => null, providers: [], signingSecret: undefined };

/** As an app without types, or one that spreads its options, builds them. */
const build = (options: object) => () => createVideoRoutes(Object.assign({ ...good }, options));

describe("an option", () => {
  test.each([
    [{ verifyReservations: () => true }, /`verifyReservations` is no option\. There are: .*verifyReservation,/],
    [{ stores: { idempotence: {} } }, /`stores\.idempotence` is no option\. There are: idempotency, limiter/],
    [{ rateLimits: { submits: false } }, /`rateLimits\.submits` is no option\. There are: submit,/],
    [{ waitLimits: { store: 1 } }, /`waitLimits\.store` is no option/],
    [{ webhooks: { onJobEnd: () => undefined } }, /`webhooks\.onJobEnd` is no option/],
    [{ authenticate: undefined }, /`authenticate` is no function/],
    [{ providers: undefined }, /`providers` is no list/],
  ])("that cannot be is named when the routes are built: %o", (options, message) => {
    expect(build(options)).toThrow(
      expect.objectContaining({ code: "not-configured", message: expect.stringMatching(message) }),
    );
  });

  test("that is left out by undefined is left out", () => {
    expect(build({ stores: undefined, rateLimits: undefined, verifyReservation: undefined })).not.toThrow();
    expect(() => createRoutesWorld()).not.toThrow();
  });
});
