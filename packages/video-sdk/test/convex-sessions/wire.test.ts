// The messages of Convex's sync protocol that convex-sessions rewrites are no public contract. So they are looked at here, in the convex that is
// installed, and by tools/peers in the oldest and the newest version that is supported. `tools/check-convex-wire.ts` tries every one between.
import { spawnEmbeddedBackend } from "@video-engine/example-convex";
import { version } from "convex";
import { BaseConvexClient } from "convex/browser";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { composeSocket } from "../../src/convex-sessions/compose-socket.ts";
import { convexSessions } from "../../src/convex-sessions/convex-sessions.ts";
import { systemClock } from "../../src/platform/system.ts";

/** What is said where a message is not as it was. */
const changed = (what: string): string =>
  `convex ${version} speaks another protocol: ${what}. Until src/convex-sessions/session-wire.ts knows it, apps on this version must leave \`backend.exactlyOnce\` out.`;

let backend: Awaited<ReturnType<typeof spawnEmbeddedBackend>>;
beforeAll(async () => void (backend = await spawnEmbeddedBackend({ kind: "as-deployed" })));
afterAll(async () => await backend.stop());

/** A user of their own for each test. */
async function signUp(subject: string) {
  const fetchToken = () => Promise.resolve(backend.tokenFor({ subject }));
  const client = new BaseConvexClient(backend.url, () => undefined, { logger: false, webSocketConstructor: WebSocket });
  onTestFinished(() => client.close());
  client.setAuth(fetchToken, () => undefined);
  await client.mutation("extras:seedUser", { credits: 100 });
  return {
    fetchToken,
    /** More can be reserved than is there only where a repeat ran nothing. */
    reserveAll: () => client.mutation("users:reserveCredits", { amount: 60 }),
  };
}

test("the convex that is meant is the one that is looked at", () => {
  expect(`${version}.`).toContain(`${process.env["CONVEX_VERSION"] ?? "1"}.`);
});

test("a client names its session in Connect, numbers its Mutation, and is answered under that number", async () => {
  const { fetchToken } = await signUp("wire");
  const messages: Record<string, unknown>[] = [];
  const note = (text: string): string => {
    messages.push(JSON.parse(text) as Record<string, unknown>); // an object, as every message
    return text;
  };
  const webSocketConstructor = composeSocket(WebSocket, {
    outgoing: note,
    incoming: note,
    onUnreadable: () => undefined,
  });
  const client = new BaseConvexClient(backend.url, () => undefined, { webSocketConstructor, logger: false });
  onTestFinished(() => client.close());
  client.setAuth(fetchToken, () => undefined);
  await client.mutation("users:reserveCredits", { amount: 1 });

  const [connect] = messages.filter(({ type }) => type === "Connect");
  expect(connect?.["sessionId"], changed("there is no `Connect` with a `sessionId`")).toMatch(/^[\da-f-]{36}$/);
  const [mutation] = messages.filter(({ type }) => type === "Mutation");
  expect(mutation, changed("there is no `Mutation` with a `requestId` and a `udfPath`")).toMatchObject({
    requestId: expect.any(Number),
    udfPath: "users:reserveCredits",
    args: [{ amount: 1 }],
  });
  const [answer] = messages.filter(({ type }) => type === "MutationResponse");
  expect(answer, changed("no `MutationResponse` has the `requestId` of its `Mutation`")).toMatchObject({
    requestId: mutation?.["requestId"],
    success: true,
  });
  const known = ["Connect", "Authenticate", "ModifyQuerySet", "Mutation", "Event"];
  const others = messages.flatMap(({ type, logLines, startVersion }) =>
    logLines === undefined && startVersion === undefined && type !== "Ping" ? String(type) : [],
  );
  const unknown = others.filter((type) => !known.includes(type));
  expect(unknown, changed(`it sends ${unknown.join(", ")}`)).toEqual([]);
});

test("a call whose answer is lost has it from the next client under its number, and another number runs again", async () => {
  const user = await signUp("repeats");
  const call = (number: number) => ({
    call: {
      session: "6f0f9f6a-3c5e-4f5e-9d0e-2b6f7d1c8a11",
      number,
      firstAt: systemClock.now() - 1,
      isFirst: false,
      isOther: false,
    },
    reference: "users:reserveCredits" as never, // a plain name is a reference to every client
    args: { amount: 30 },
    isMark: false,
  });
  const connect = (socket: typeof WebSocket) =>
    convexSessions({ url: backend.url, fetchToken: user.fetchToken, WebSocket: socket }).connect({
      clock: systemClock,
    });

  let onLost = (): void => undefined;
  const lost = new Promise<void>((resolve) => (onLost = resolve));
  const losing = composeSocket(WebSocket, {
    outgoing: (text) => text,
    onUnreadable: () => undefined,
    incoming(text) {
      if (!text.includes("MutationResponse")) return text;
      onLost();
      return undefined;
    },
  });
  const first = connect(losing);
  const unheard = first.send(call(2_000));
  await lost;
  first.close();
  expect(await unheard, changed("a lost answer does not leave its call in doubt")).toMatchObject({
    certainty: "unknown",
  });

  const second = connect(WebSocket);
  onTestFinished(() => second.close());
  const said = changed("a repeat under its number is not answered");
  expect(await second.send(call(2_000)), said).toEqual({ ok: true, value: { success: true } });
  expect(await user.reserveAll(), changed("a repeat under its number runs again")).toEqual({ success: true });
  expect(await second.send(call(2_001)), changed("another number does not run")).toMatchObject({
    value: { success: false },
  });
});
