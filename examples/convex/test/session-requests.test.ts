// The record of (sessionId, requestId), and what else only a client of our own making can provoke.
import { afterEach, describe, expect, test, vi } from "vitest";
import { tokenFor } from "../server/index.ts";
import { openBackend, openHttpClient } from "./support/backend.ts";
import { openRawClient, type RawClient } from "./support/raw-client.ts";
import { api } from "../convex/_generated/api.js";

const mutation = (requestId: number, udfPath: string, args: object) => ({
  type: "Mutation",
  requestId,
  udfPath,
  args: [args],
});

afterEach(() => void vi.useRealTimers());

async function openSession() {
  const backend = await openBackend();
  const http = await openHttpClient(backend);
  const connect = async (sessionId: string, subject = "alice"): Promise<RawClient> => {
    const raw = await openRawClient(backend, sessionId);
    raw.say({ type: "Authenticate", tokenType: "User", value: tokenFor({ subject }), baseVersion: 0 });
    await raw.hear("Transition");
    return raw;
  };
  const balance = () => http.query(api.users.getUserCreditsBreakdown, {});
  return { backend, http, connect, balance };
}

describe("a mutation repeated under the same session and request", () => {
  test("runs once, also over another connection and at the same time", async () => {
    const { connect, balance } = await openSession();
    const connections = [await connect("s-1"), await connect("s-1")];
    const reserve = mutation(0, "users:reserveCredits", { amount: 40 });
    for (const raw of connections) raw.say(reserve);
    const answers = await Promise.all(connections.map((raw) => raw.hear("MutationResponse")));
    const reserved = { success: true, result: { success: true } };
    expect(answers).toMatchObject([reserved, reserved]);
    expect(await balance()).toMatchObject({ reserved: 40 });
  });

  test("is answered by the record even with another path and other arguments: the ids are all it compares", async () => {
    const { connect, balance } = await openSession();
    const raw = await connect("s-1");
    raw.say(mutation(0, "users:reserveCredits", { amount: 40 }));
    await raw.hear("MutationResponse");
    raw.say(mutation(0, "users:releaseReservedCredits", { amount: 40 }));
    expect(await raw.hear("MutationResponse")).toMatchObject({ result: { success: true } });
    expect(await balance()).toMatchObject({ reserved: 40 });
  });

  test("runs again when it threw: only what returned is recorded", async () => {
    const { connect, http } = await openSession();
    const raw = await connect("s-1");
    const capture = mutation(0, "users:captureReservedCredits", { amount: 40 });
    raw.say(capture);
    expect(await raw.hear("MutationResponse")).toMatchObject({ success: false });
    await http.mutation(api.users.reserveCredits, { amount: 40 });
    raw.say(capture);
    expect(await raw.hear("MutationResponse")).toMatchObject({ success: true });
  });

  test("runs again under another session or another request", async () => {
    const { connect, balance } = await openSession();
    const [one, other] = [await connect("s-1"), await connect("s-2")];
    one.say(mutation(0, "users:reserveCredits", { amount: 10 }));
    one.say(mutation(1, "users:reserveCredits", { amount: 10 }));
    other.say(mutation(0, "users:reserveCredits", { amount: 10 }));
    await Promise.all([one.hear("MutationResponse"), one.hear("MutationResponse"), other.hear("MutationResponse")]);
    expect(await balance()).toMatchObject({ reserved: 30 });
  });
});

describe("the protocol", () => {
  const broken: [string, unknown][] = [
    ["a message that is not JSON", "nonsense"],
    ["a message of an unknown type", { type: "Dance" }],
    ["a mutation without a path", { type: "Mutation", requestId: 0, args: [{}] }],
    ["a query that is no query", { type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [{}] }],
    ["a query set from another version", { type: "ModifyQuerySet", baseVersion: 3, newVersion: 4, modifications: [] }],
    ["an identity from another version", { type: "Authenticate", tokenType: "None", baseVersion: 3 }],
  ];
  test.for(broken)("%s ends the connection", async ([, message]) => {
    const raw = await openRawClient(await openBackend(), "s-1");
    raw.say(message);
    expect(await raw.hear("FatalError")).toHaveProperty("error");
    await raw.closed;
  });

  test("nothing is served before Connect", async () => {
    const raw = await openRawClient(await openBackend());
    raw.say(mutation(0, "users:reserveCredits", { amount: 1 }));
    expect(await raw.hear("FatalError")).toMatchObject({ error: "Mutation came before Connect." });
  });

  test("what follows a refused token is not executed, not even as the user before it", async () => {
    const { connect, balance } = await openSession();
    const raw = await connect("s-1");
    const expired = tokenFor({ subject: "alice", lifetimeSeconds: 0 });
    raw.say({ type: "Authenticate", tokenType: "User", value: expired, baseVersion: 1 });
    raw.say(mutation(0, "users:reserveCredits", { amount: 40 }));
    expect(await raw.hear("AuthError")).toMatchObject({ baseVersion: 1, authUpdateAttempted: true });
    await raw.closed;
    expect(await balance()).toMatchObject({ reserved: 0 });
  });

  test("a token that expires on an open connection ends it, and nothing more is executed", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { connect, balance } = await openSession();
    const raw = await connect("s-1");
    vi.setSystemTime(Date.now() + 3_600_000);
    raw.say(mutation(0, "users:reserveCredits", { amount: 40 }));
    expect(await raw.hear("AuthError")).toMatchObject({ baseVersion: 1, authUpdateAttempted: false });
    await raw.closed;
    vi.useRealTimers();
    expect(await balance()).toMatchObject({ reserved: 0 });
  });

  test("a transition carries only the queries whose results changed", async () => {
    const { connect } = await openSession();
    const raw = await connect("s-1");
    const add = (queryId: number, udfPath: string) => ({ type: "Add", queryId, udfPath, args: [{}] });
    const follow = [add(0, "users:getUserCreditsBreakdown"), add(1, "sessions:getUserSessions")];
    raw.say({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: follow });
    expect((await raw.hear("Transition"))["modifications"]).toMatchObject([{ queryId: 0 }, { queryId: 1 }]);
    raw.say(mutation(0, "sessions:createSession", { type: "video" }));
    expect((await raw.hear("Transition"))["modifications"]).toMatchObject([{ type: "QueryUpdated", queryId: 1 }]);
    const drop = [{ type: "Remove", queryId: 1 }];
    raw.say({ type: "ModifyQuerySet", baseVersion: 1, newVersion: 2, modifications: drop });
    const { modifications } = await raw.hear("Transition");
    expect(modifications).toEqual([{ type: "QueryRemoved", queryId: 1 }]);
  });

  test("a socket on any other path is refused", async () => {
    const { url } = await openBackend();
    const socket = new WebSocket(`${url.replace("http", "ws")}/elsewhere`);
    await new Promise((resolve) => socket.addEventListener("error", resolve));
    expect(socket.readyState).toBe(WebSocket.CLOSED);
  });
});
