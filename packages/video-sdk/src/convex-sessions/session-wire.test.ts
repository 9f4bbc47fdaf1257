import { describe, expect, test, vi } from "vitest";
import { createSessionWire, type WireCall } from "./session-wire.ts";

const callTo = (path: string, number: number): WireCall => ({ path, number, sent: 0, mayBeSent: () => true });
const mutation = (requestId: unknown, udfPath: string) => ({ type: "Mutation", requestId, udfPath, args: [{}] });

function openWire(calls: ReadonlySet<WireCall> = new Set()) {
  const [onUnknown, onFatal] = [vi.fn<(what: string) => void>(), vi.fn<() => void>()];
  const { outgoing, incoming } = createSessionWire({ session: "our-session", calls, onUnknown, onFatal });
  const through = (by: typeof outgoing) => (message: object) => {
    const text = by(JSON.stringify(message));
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  };
  return { send: through(outgoing), hear: through(incoming), onUnknown, onFatal };
}

describe("what goes out", () => {
  test("introduces itself with the session of the generation", () => {
    const { send } = openWire();
    const connect = { type: "Connect", sessionId: "its-own", connectionCount: 0, maxObservedTimestamp: "AAAA" };
    expect(send(connect)).toEqual({ ...connect, sessionId: "our-session" });
  });

  test("has the number of its call, again after a reconnect, and in the order in which calls were made", () => {
    const calls = [callTo("users:reserveCredits", 2_000), callTo("users:reserveCredits", 2_001)];
    const { send } = openWire(new Set(calls));
    const sent = [0, 1, 0, 1].map((requestId) => send(mutation(requestId, "users:reserveCredits")));
    expect(sent).toMatchObject([2_000, 2_001, 2_000, 2_001].map((requestId) => ({ requestId })));
    expect(calls.map(({ sent: times }) => times)).toEqual([2, 2]);
  });

  test("is held back where its call may not be sent any more", () => {
    const call = { ...callTo("users:reserveCredits", 2_000), mayBeSent: () => false };
    const { send, onUnknown } = openWire(new Set([call]));
    expect(send(mutation(0, "users:reserveCredits"))).toBeUndefined();
    expect([call.sent, onUnknown.mock.calls]).toEqual([0, []]);
  });

  test.each([
    ["Connect", { type: "Connect", session: "named otherwise" }],
    ["Mutation", mutation("0", "users:reserveCredits")],
    ["Mutation", mutation(0, "users:captureReservedCredits")],
    ["MutationBatch", { type: "MutationBatch", mutations: [] }],
    ["Action", { type: "Action", requestId: 0, udfPath: "x:y", args: [] }],
  ])("is not sent where it is not as known here: %s", (what, message) => {
    const { send, onUnknown } = openWire(new Set([callTo("users:reserveCredits", 2_000)]));
    expect(send(message)).toBeUndefined();
    expect(onUnknown.mock.calls).toEqual([[what]]);
  });

  test.each([{ type: "Authenticate" }, { type: "ModifyQuerySet" }, { type: "Event" }])(
    "passes as it is: $type",
    (message) => {
      expect(openWire().send(message)).toEqual(message);
    },
  );
});

describe("what comes in", () => {
  test("has the client's own number again", () => {
    const { send, hear } = openWire(new Set([callTo("users:reserveCredits", 2_000)]));
    send(mutation(7, "users:reserveCredits"));
    expect(hear({ type: "MutationResponse", requestId: 2_000, success: true })).toMatchObject({ requestId: 7 });
  });

  test("answers the call that is out where a number is asked again", () => {
    const [first, second] = [callTo("users:reserveCredits", 2_000), callTo("users:reserveCredits", 2_000)];
    const calls = new Set([first]);
    const { send, hear } = openWire(calls);
    send(mutation(0, "users:reserveCredits"));
    calls.delete(first);
    calls.add(second);
    send(mutation(1, "users:reserveCredits"));
    expect(hear({ type: "MutationResponse", requestId: 2_000, success: false })).toMatchObject({ requestId: 1 });
  });

  test("is dropped where it answers no call", () => {
    expect(openWire().hear({ type: "MutationResponse", requestId: 2_000 })).toBeUndefined();
  });

  test.each([undefined, null, "true", 1])("that says %j of success is no answer that can be read", (success) => {
    const { send, hear } = openWire(new Set([callTo("users:reserveCredits", 2_000)]));
    send(mutation(7, "users:reserveCredits"));
    expect(() => hear({ type: "MutationResponse", requestId: 2_000, success })).toThrow("neither yes nor no");
  });

  test("is kept from the client where it would throw: the connection is at its end", () => {
    const { hear, onFatal } = openWire();
    expect(hear({ type: "FatalError", error: "No." })).toBeUndefined();
    expect(onFatal).toHaveBeenCalledOnce();
  });
});
