// Whole engines over sessions, on a deployment whose functions take no key: what is lost, what a restart does, and what the user is told.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mutationGeneric } from "convex/server";
import { v } from "convex/values";
import { describe, expect, onTestFinished, test } from "vitest";
import { createMemoryStorage } from "../../src/platform/memory-storage.ts";
import { createVideoEngine, VideoError, type VideoEngine, type VideoEngineOptions } from "../../src/index.ts";
import { convexSessions } from "../../src/convex-sessions/convex-sessions.ts";
import { systemClock } from "../../src/platform/system.ts";
import type { KeyValueStorage } from "../../src/platform-ports.ts";
import { openDeployment, openNetwork, type Deployment } from "./support.ts";

const VIDEO = "https://videos.test/1.mp4";
const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const CREDITS = 208;
const MONEY = [
  "generations:acquireGenerationSlot",
  "users:reserveCredits",
  "sessions:createSession",
  "sessions:addGenerationToSession",
  "sessions:updateGeneration",
  "users:captureReservedCredits",
  "generations:updateGenerationStatus",
];

/** Routes with one job, which has finished or failed when it is asked about. */
async function openRoutes() {
  let answer: object = { success: true, videos: [{ url: VIDEO }] };
  const server = createServer((request, response) => {
    const isQuestion = request.method === "GET";
    const body = isQuestion ? answer : { queued: true, requestId: "job-1", modelId: REQUEST.model, provider: "fal" };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    fail: () => void (answer = { success: false, error: { code: "content-rejected", message: "No." } }),
  };
}

interface AppOptions {
  readonly storage?: KeyValueStorage;
  readonly fetchToken?: () => Promise<string>;
  readonly platform?: VideoEngineOptions["platform"];
}

async function openWorld(deployment: Deployment) {
  const routes = await openRoutes();
  const shared = createMemoryStorage();
  /** A process of the app, with a network of its own. */
  const open = ({ storage = shared, fetchToken, platform }: AppOptions = {}) => {
    const network = openNetwork();
    const engine = createVideoEngine({
      convex: deployment.alice,
      http: { baseUrl: routes.baseUrl, getToken: () => "token" },
      routes: { firstFrame: false, isSubmitRepeatable: true },
      platform: { storage, ...platform },
      user: "alice",
      polling: () => ({ waitMs: 100, isSlow: false, isOverdue: false }),
      backend: {
        exactlyOnce: convexSessions({
          url: deployment.url,
          fetchToken: fetchToken ?? (() => Promise.resolve(deployment.tokenOf("alice"))),
          WebSocket: network.WebSocket,
        }),
      },
    });
    onTestFinished(() => engine.dispose());
    return { engine, network };
  };
  return { routes, open };
}

const paid = { credits: { total: 1_000 - CREDITS, reserved: 0 }, openSlots: 0 };
const unpaid = { credits: { total: 1_000, reserved: 0 }, openSlots: 0 };

describe("a generation", () => {
  test("says exactly-once, and each of its calls goes over the session of its record, once", async () => {
    const deployment = await openDeployment();
    const { open } = await openWorld(deployment);
    const { engine, network } = open();
    expect(engine.guarantee).toBe("exactly-once");
    expect(await engine.generate(REQUEST).outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(await deployment.books()).toMatchObject(paid);
    expect(network.mutations()).toEqual([
      "generations:acquireGenerationSlot 1000",
      "users:reserveCredits 2000",
      "sessions:createSession 3000",
      "sessions:addGenerationToSession 4000",
      "sessions:updateGeneration 5000",
      "users:captureReservedCredits 6000",
      "generations:updateGenerationStatus 7000",
    ]);
    expect(new Set(network.sessions()).size).toBe(1);
  });

  test("that fails gives its credits back under the number of their settlement", async () => {
    const deployment = await openDeployment();
    const { routes, open } = await openWorld(deployment);
    routes.fail();
    const { engine, network } = open();
    expect(await engine.generate(REQUEST).outcome).toMatchObject({ status: "failed", settlement: "released" });
    expect(await deployment.books()).toMatchObject(unpaid);
    expect(network.mutations()).toContain("users:releaseReservedCredits 6000");
  });
});

describe.each(MONEY)("%s", (path) => {
  test("its connection is cut before its answer: it is sent again under its number, and has run once", async () => {
    const deployment = await openDeployment();
    const { open } = await openWorld(deployment);
    const { engine, network } = open();
    let number: number | undefined;
    let isCut = false;
    network.on({
      sending(message) {
        if (message.udfPath === path) number = message.requestId;
        return "passes";
      },
      hearing(message) {
        if (message.type !== "MutationResponse" || number === undefined || message.requestId !== number || isCut)
          return "passes";
        isCut = true;
        return "cut";
      },
    });
    expect(await engine.generate(REQUEST).outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(isCut).toBe(true);
    expect(network.mutations().filter((sent) => sent.startsWith(path))).toHaveLength(2);
    expect(await deployment.books()).toMatchObject(paid);
  });

  test("its answer never comes and the process dies: the next one has it under its number, and it has run once", async () => {
    const deployment = await openDeployment();
    const { open } = await openWorld(deployment);
    const first = open();
    const unheard = new Promise<void>((resolve) => {
      let number: number | undefined;
      first.network.on({
        sending(message) {
          if (message.udfPath === path) number = message.requestId;
          return "passes";
        },
        hearing(message) {
          if (message.type !== "MutationResponse" || number === undefined || message.requestId !== number)
            return "passes";
          resolve();
          return "lost";
        },
      });
    });
    first.engine.generate(REQUEST);
    await unheard;
    first.engine.dispose();

    const { engine, network } = open();
    const [resumed] = await engine.resume();
    expect(await resumed?.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(await deployment.books()).toMatchObject(paid);
    expect(network.sessions().every((session) => first.network.sessions().includes(session))).toBe(true);
  });
});

describe("two tabs", () => {
  test("that drive one generation without a lock reserve once and capture once", async () => {
    const deployment = await openDeployment();
    const { open } = await openWorld(deployment);
    const storage = createOpenStorage();
    const first = open({ storage });
    const reserved = new Promise<void>((resolve) => {
      first.network.on({
        hearing(message) {
          if (message.type === "MutationResponse" && first.network.mutations().includes("users:reserveCredits 2000"))
            resolve();
          return "passes";
        },
      });
    });
    const handle = first.engine.generate(REQUEST);
    await reserved;
    // A lock that has failed looks like this: the second tab has the first one's record, and drives it too.
    const second = open({ storage: storage.copy() });
    const [other] = await second.engine.resume();
    const outcomes = await Promise.all([handle.outcome, other?.outcome]);
    expect(outcomes.map((outcome) => outcome?.settlement)).toEqual(["captured", "captured"]);
    expect(await deployment.books()).toMatchObject(paid);
  });
});

/** The credits are reserved, and the process dies before it hears so. */
async function dieWhileReserving({
  engine,
  network,
}: {
  engine: VideoEngine;
  network: ReturnType<typeof openNetwork>;
}) {
  let answers = 0;
  const unheard = new Promise<void>((resolve) =>
    network.on({
      hearing({ type }) {
        if (type !== "MutationResponse" || ++answers < 2) return "passes";
        resolve();
        return "lost";
      },
    }),
  );
  engine.generate(REQUEST);
  await unheard;
  engine.dispose();
}

describe("what is not repeated", () => {
  test("an answer that cannot be read is told at once: the credits are in doubt, and it was asked for twice in all", async () => {
    const users = { reserveCredits: mutationGeneric({ args: { amount: v.number() }, handler: () => null }) };
    const deployment = await openDeployment({ modules: { "./users.ts": async () => users } });
    const { open } = await openWorld(deployment);
    const { engine, network } = open();
    const outcome = await engine.generate(REQUEST).outcome;
    expect(outcome).toMatchObject({ status: "failed", settlement: "unknown", error: { code: "protocol-mismatch" } });
    expect(network.mutations().filter((sent) => sent.startsWith("users:reserveCredits"))).toEqual([
      "users:reserveCredits 2000",
      "users:reserveCredits 2000",
    ]);
    expect(engine.unresolved()).toHaveLength(1);
  });

  test("a record that is opened on day eight: nothing of it is sent again, and its credits are in doubt", async () => {
    const deployment = await openDeployment();
    const { open } = await openWorld(deployment);
    await dieWhileReserving(open());
    const inEightDays = { ...systemClock, now: () => Date.now() + 8 * 24 * 60 * 60_000 };
    const { engine, network } = open({ platform: { clock: inEightDays } });
    const [resumed] = await engine.resume();
    expect(await resumed?.outcome).toMatchObject({ status: "canceled", settlement: "unknown" });
    expect(network.mutations().filter((call) => call.startsWith("users:"))).toEqual([]);
    expect(engine.unresolved()).toHaveLength(1);
  });

  test("a clock that was set back: nothing is sent again until it stands right", async () => {
    const deployment = await openDeployment();
    const { open } = await openWorld(deployment);
    await dieWhileReserving(open());
    const dayBefore = { ...systemClock, now: () => Date.now() - 24 * 60 * 60_000 };
    const early = open({ platform: { clock: dayBefore } });
    const [doubted] = await early.engine.resume();
    expect(await doubted?.outcome).toMatchObject({ settlement: "unknown" });
    expect(early.network.mutations().filter((call) => call.startsWith("users:"))).toEqual([]);
    early.engine.dispose();

    const right = open();
    const [settled] = await right.engine.resume();
    await expect.poll(() => settled?.getSnapshot().settlement).toBe("released");
    expect(await deployment.books()).toMatchObject(unpaid);
  });
});

describe("what it needs", () => {
  const optionsOf = (more: object): VideoEngineOptions => ({
    convex: { mutation: () => Promise.resolve(null) },
    http: { baseUrl: "https://app.test", getToken: () => "token" },
    user: "alice",
    ...more,
  });
  const exactlyOnce = convexSessions({ url: "https://deployment.test", fetchToken: () => Promise.resolve(null) });

  test.each([
    ["a storage: in memory only it is refused", { backend: { exactlyOnce } }, "`platform.storage` is undefined"],
    [
      "functions without a key",
      { backend: { exactlyOnce, takesOperationIds: true }, platform: { storage: createMemoryStorage() } },
      "`backend.takesOperationIds` is true",
    ],
    [
      "convexSessions",
      { backend: { exactlyOnce: { url: "x" } }, platform: { storage: createMemoryStorage() } },
      "Pass convexSessions",
    ],
  ])("%s", (_, more, message) => {
    expect(() => createVideoEngine(optionsOf(more))).toThrow(VideoError);
    expect(() => createVideoEngine(optionsOf(more))).toThrow(message);
  });

  test.each([
    [{ url: "happy-otter-123" }, "`url` is"],
    [{ url: "" }, "`url` is"],
  ])("an address of a deployment: %o", (more, message) => {
    expect(() => convexSessions({ fetchToken: () => Promise.resolve(null), ...more })).toThrow(message);
  });
});

/** A storage whose content can be copied. */
function createOpenStorage(items = new Map<string, string>()) {
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    keys: () => [...items.keys()],
    copy: (): KeyValueStorage => createOpenStorage(new Map(items)),
  };
}
