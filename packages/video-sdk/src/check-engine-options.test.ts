// Misuse of createVideoEngine is answered by the option's name, its value and the fix, before anything is built.
import { describe, expect, test } from "vitest";
import { createVideoEngine, type VideoEngineOptions } from "./create-video-engine.ts";
import { functionsByName } from "./convex/function-names.ts";
import { isVideoError } from "./errors.ts";
import { deployedMobileRoutes } from "./http/deployed-mobile-routes.ts";
import { deployedWebRoutes } from "./http/deployed-web-routes.ts";
import { createMemoryStorage } from "./platform/memory-storage.ts";

const convex = { mutation: () => Promise.resolve(null) };
const http = { baseUrl: "https://app.example", getToken: () => "token" };
const GOOD = { convex, http };

function refusalOf(options: unknown): string {
  try {
    createVideoEngine(options as VideoEngineOptions); // as a caller without types passes it
  } catch (error) {
    if (isVideoError(error) && error.code === "not-configured") return error.message;
    throw error;
  }
  return "";
}

describe("is refused with the option's name, its value and the fix", () => {
  test.each<[string, unknown, readonly string[]]>([
    [
      "no options",
      undefined,
      ["`convex` is undefined", "`http` is undefined", "ConvexReactClient", "{ baseUrl, getToken }"],
    ],
    ["null", null, ["`convex` is undefined"]],
    ["no convex", { http }, ["`convex` is undefined. Pass a ConvexReactClient, ConvexClient or ConvexHttpClient"]],
    ["a convex that is none", { convex: {}, http }, ["`convex` is an object that lacks something"]],
    ["a convex URL", { convex: "https://x.convex.cloud", http }, ['`convex` is "https://x.convex.cloud"']],
    ["no http", { convex }, ["`http` is undefined. Pass your ky instance, or { baseUrl, getToken }."]],
    ["a URL as http", { convex, http: "https://app.example" }, ['`http` is "https://app.example"']],
    [
      "no baseUrl",
      { convex, http: { getToken: http.getToken } },
      ["`http.baseUrl` is undefined", '"https://app.example"'],
    ],
    ["a baseUrl that is none", { convex, http: { ...http, baseUrl: "nonsense" } }, ['`http.baseUrl` is "nonsense"']],
    ["a baseUrl without a scheme", { convex, http: { ...http, baseUrl: "app.example" } }, ['is "app.example"']],
    ["a baseUrl that is a file", { convex, http: { ...http, baseUrl: "file:///app" } }, ['is "file:///app"']],
    [
      "no getToken",
      { convex, http: { baseUrl: http.baseUrl } },
      ["`http.getToken` is undefined", "or null when the user is signed out"],
    ],
    ["a token instead of getToken", { convex, http: { ...http, getToken: "abc" } }, ['`http.getToken` is "abc"']],
    [
      "a storage without a user",
      { ...GOOD, platform: { storage: createMemoryStorage() } },
      ["`user` is undefined", "platform.storage"],
    ],
    ["an empty user", { ...GOOD, user: "" }, ['`user` is ""']],
    ["a user with half a character", { ...GOOD, user: "ada\uD83D" }, ['`user` is "ada\\ud83d"']],
    ["a user that is a number", { ...GOOD, user: 7 }, ["`user` is 7"]],
    [
      "a storage beside the platform",
      { ...GOOD, storage: createMemoryStorage() },
      ["`storage` is no option. It belongs into `platform`"],
    ],
    [
      "a storage that is none",
      { ...GOOD, user: "ada", platform: { storage: {} } },
      ["`platform.storage` is an object that lacks"],
    ],
    [
      "a platform that is a function",
      { ...GOOD, platform: () => ({}) },
      ["`platform` is a function. Pass webPlatform()"],
    ],
    ["a misspelt option", { ...GOOD, onSucess: () => undefined }, ["`onSucess` is no option", "onSuccess"]],
    ["a callback that is none", { ...GOOD, onSettled: "log" }, ['`onSettled` is "log"']],
    [
      "the options of a step instead of the step",
      { ...GOOD, saveVideos: { hosts: ["tempfile.test"] } },
      ["`saveVideos` is an object", "copyTemporaryVideos({ hosts })"],
    ],
    ["a deadline in seconds", { ...GOOD, saveVideosDeadlineMs: 30 }, ["`saveVideosDeadlineMs` is 30", "from 1000"]],
    [
      "a policy that is an object",
      { ...GOOD, polling: { minWaitMs: 1 } },
      ["`polling` is an object", "createPollingPolicy"],
    ],
    ["prices that are a table", { ...GOOD, pricing: { base: 1 } }, ["`pricing` is an object", "createPricing"]],
    [
      "functions that are not all there",
      { ...GOOD, functions: { ...functionsByName(), users: {} } },
      ["`functions` lacks users.reserveCredits"],
    ],
    [
      "a backend flag as a text",
      { ...GOOD, backend: { takesOperationIds: "yes" } },
      ['`backend.takesOperationIds` is "yes"'],
    ],
    ["videos as something else", { ...GOOD, backend: { videosAs: "urls" } }, ['`backend.videosAs` is "urls"']],
    ["a route that is no path", { ...GOOD, routes: { submit: 5 } }, ["`routes.submit` is 5", "Pass a path"]],
    ["a route that there is not", { ...GOOD, routes: { generate: "x" } }, ["`routes.generate`", "There are: submit"]],
    ["the web app's routes without their token", { ...GOOD, routes: deployedWebRoutes }, ["`routes` is a function"]],
    ...[[401], [408], [425], [429], [500], [200], [422.5], ["422"], 422].map(
      (verdictStatuses): [string, unknown, readonly string[]] => [
        `${JSON.stringify(verdictStatuses)} as statuses of verdicts`,
        { ...GOOD, routes: { verdictStatuses } },
        ["`routes.verdictStatuses` is", "from 400 to 499 without 401, 408, 425 and 429"],
      ],
    ),
    ["retries of nothing", { ...GOOD, retries: { settling: 0 } }, ["`retries.settling` is 0", "from 1 to 1000"]],
    [
      "half a held question",
      { ...GOOD, platform: { maxHeldQuestions: 0.5 } },
      ["`platform.maxHeldQuestions` is 0.5", "whole number from 0"],
    ],
    ["less than nothing kept", { ...GOOD, keepEnded: -1 }, ["`keepEnded` is -1", "from 0 up"]],
    ["half a retry", { ...GOOD, retries: { preparing: 1.5 } }, ["`retries.preparing` is 1.5"]],
  ])("%s", (_, options, sentences) => {
    const message = refusalOf(options);
    for (const sentence of sentences) expect(message).toContain(sentence);
  });

  test("every problem at once", () => {
    const message = refusalOf({ http: { baseUrl: "nonsense" }, user: "", retries: { settling: -1 } });
    for (const name of ["convex", "http.baseUrl", "http.getToken", "user", "retries.settling"]) {
      expect(message).toContain(`\`${name}\``);
    }
  });

  test("nothing that is long or secret is repeated", () => {
    const message = refusalOf({ ...GOOD, user: { token: "SECRET" }, http: { ...http, baseUrl: "x".repeat(1_000) } });
    expect(message).not.toContain("SECRET");
    expect(message.length).toBeLessThan(400);
  });
});

describe("passes", () => {
  test.each<[string, object]>([
    ["the two that are needed", GOOD],
    [
      "options that are undefined",
      { ...GOOD, platform: undefined, user: undefined, onEvent: undefined, retries: undefined },
    ],
    ["a ky instance", { convex, http: Object.assign(() => undefined, { get: () => undefined }) }],
    [
      "a base URL with a port, a path and a slash",
      { convex, http: { ...http, baseUrl: "http://127.0.0.1:3000/base/" } },
    ],
    ["a path on the page's origin", { convex, http: { ...http, baseUrl: "/base" } }],
    ["the routes of the deployed mobile client", { ...GOOD, routes: deployedMobileRoutes }],
    ["those of the web app", { ...GOOD, routes: deployedWebRoutes({ turnstileToken: () => "token" }) }],
    ["no pictures", { ...GOOD, routes: { firstFrame: false, status: () => ({ path: "status", query: {} }) } }],
    ["functions by name", { ...GOOD, functions: functionsByName() }],
    ["a platform with members of its own", { ...GOOD, platform: { name: "kiosk" } }],
  ])("%s", (_, options) => {
    expect(refusalOf(options)).toBe("");
  });
});
