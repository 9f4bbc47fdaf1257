// Which programs that are not ours drive which of our servers, and where. What a row claims is checked by read-tests.ts.

/** A program and the tests that run it. */
export interface DrivenBy {
  /** Its name on npm. */
  readonly program: string;
  /** The name that an earlier version of it is installed under, beside the present one. */
  readonly installedAs?: string;
  /** Test files; each imports the program, itself or by the files of `by`. */
  readonly tests: readonly string[];
  /** Support files that import it for the tests. */
  readonly by?: readonly string[];
}

/** One of our servers. */
export interface Driven {
  readonly name: string;
  /** What it stands for, in a sentence. */
  readonly what: string;
  readonly programs: readonly DrivenBy[];
  /** What it does not do, a line each. */
  readonly missing: readonly string[];
}

const CLIENTS = "tools/peers/provider-clients/test";
const CONVEX = "examples/convex/test";
const ROUTES = "packages/video-sdk/src/server";
const OPENED = [`${CONVEX}/support/backend.ts`];

/** Every server that stands in for another, or that others' programs meet. */
export const DRIVEN: readonly Driven[] = [
  {
    name: "The sandbox",
    what: "`examples/sandbox` answers for fal, kie.ai, WaveSpeedAI and OpenRouter, over HTTP on this machine.",
    programs: [
      {
        program: "@fal-ai/client",
        tests: [
          `${CLIENTS}/fal-client.test.ts`,
          `${CLIENTS}/fal-proxy.test.ts`,
          "examples/sandbox/test/start-sandbox.test.ts",
        ],
      },
      ...["fal-client-1.9", "fal-client-1.2"].map((installedAs) => ({
        program: "@fal-ai/client",
        installedAs,
        tests: [`${CLIENTS}/earlier-clients.test.ts`],
      })),
      { program: "@fal-ai/server-proxy", tests: [`${CLIENTS}/fal-proxy.test.ts`] },
      { program: "@tanstack/ai-fal", tests: [`${CLIENTS}/fal-proxy.test.ts`] },
      { program: "ai", tests: [`${CLIENTS}/ai-sdk.test.ts`] },
      { program: "@ai-sdk/fal", tests: [`${CLIENTS}/ai-sdk.test.ts`] },
      { program: "wavespeed", tests: [`${CLIENTS}/wavespeed.test.ts`] },
      { program: "wavespeed", installedAs: "wavespeed-0.2", tests: [`${CLIENTS}/earlier-clients.test.ts`] },
    ],
    missing: [
      "what a model checks of its input: any JSON object is taken, and no price is charged;",
      "models that stream their output (`fal.stream`), and realtime connections;",
      "fal's platform API (`api.fal.ai`), its second host (`queue.falrun.com`), concurrency limits and retries of a runner; a host that is not simulated answers 501;",
      "kie.ai's own upload host, and its limit of credits; kie.ai has no client of its own on npm, so only ours drives it, and OpenRouter's too;",
      "WaveSpeedAI's sync mode, which answers 501, and its page of the webhook secret;",
      "how long the providers really repeat a webhook: here ten times; what they answer was read in their documents, not recorded.",
    ],
  },
  {
    name: "The embedded Convex backend",
    what: "`examples/convex/server` runs Convex functions behind Convex's own protocols.",
    programs: [
      {
        program: "convex",
        tests: [
          `${CONVEX}/http-api.test.ts`,
          `${CONVEX}/sync.test.ts`,
          `${CONVEX}/many-queries.test.ts`,
          `${CONVEX}/reconnect.test.ts`,
          `${CONVEX}/restart.test.ts`,
          `${CONVEX}/react.test.tsx`,
          `${CONVEX}/paginated.test.tsx`,
          `${CONVEX}/next.test.ts`,
          `${CONVEX}/deployment-site.test.ts`,
          `${CONVEX}/argument-errors.test.ts`,
        ],
        by: OPENED,
      },
    ],
    missing: ["what its README lists under “Not like a deployment” (`examples/convex/README.md`)."],
  },
  {
    name: "The routes",
    what: "`@video-engine/video-sdk/server`, and what it leans on.",
    programs: [
      { program: "aws4", tests: [`${CLIENTS}/presigned.test.ts`] },
      {
        program: "ioredis",
        tests: [`${ROUTES}/stores/redis-stores.test.ts`],
        by: [`${ROUTES}/__fixtures__/redis-clients.ts`],
      },
      {
        program: "redis",
        tests: [`${ROUTES}/stores/redis-stores.test.ts`],
        by: [`${ROUTES}/__fixtures__/redis-clients.ts`],
      },
      {
        program: "@upstash/redis",
        tests: [`${ROUTES}/stores/redis-stores.test.ts`],
        by: [`${ROUTES}/__fixtures__/redis-clients.ts`],
      },
      {
        program: "@clerk/backend",
        tests: ["examples/next/test/sign-in.test.ts"],
        by: ["examples/next/lib/authenticate.ts", "examples/next/test/support/session-tokens.ts"],
      },
    ],
    missing: [
      "a bucket, a Redis and a Clerk in the cloud: the signature, the commands and the tokens are theirs, the servers are on this machine.",
    ],
  },
];
