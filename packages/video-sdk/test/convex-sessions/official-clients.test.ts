// What the whole of convex-sessions stands on, with each of Convex's own clients and nothing of ours but the composed socket: a mutation that is
// repeated under the session and the number of an earlier one, by another client, gets its answer and runs nothing.
import { startEmbeddedBackend } from "@video-engine/example-convex";
import { api } from "@video-engine/example-convex/api";
import { BaseConvexClient, ConvexClient, ConvexHttpClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import { describe, expect, onTestFinished, test } from "vitest";
import { composeSocket } from "../../src/convex-sessions/compose-socket.ts";

interface Client {
  reserve(amount: number): Promise<unknown>;
  close(): Promise<unknown>;
}

interface Options {
  readonly url: string;
  readonly token: () => Promise<string>;
  readonly webSocketConstructor: typeof WebSocket;
}

const CLIENTS: Readonly<Record<string, (options: Options) => Client>> = {
  BaseConvexClient: ({ url, token, webSocketConstructor }) => {
    const client = new BaseConvexClient(url, () => undefined, { webSocketConstructor, logger: false });
    client.setAuth(token, () => undefined);
    return { reserve: (amount) => client.mutation("users:reserveCredits", { amount }), close: () => client.close() };
  },
  ConvexClient: ({ url, token, webSocketConstructor }) => {
    const client = new ConvexClient(url, { webSocketConstructor, logger: false });
    client.setAuth(token);
    return { reserve: (amount) => client.mutation(api.users.reserveCredits, { amount }), close: () => client.close() };
  },
  ConvexReactClient: ({ url, token, webSocketConstructor }) => {
    const client = new ConvexReactClient(url, { webSocketConstructor, logger: false });
    client.setAuth(token);
    return { reserve: (amount) => client.mutation(api.users.reserveCredits, { amount }), close: () => client.close() };
  },
};

/** A socket that puts a pair into the first mutation of a client. `isLosing`: no answer to it arrives. `sent`: called when it was sent. */
function pairedSocket(pair: { session: string; number: number }, { isLosing = false, answered = () => {} } = {}) {
  let requestId: unknown;
  return composeSocket(WebSocket, {
    onUnreadable: () => undefined,
    outgoing(text) {
      const message = JSON.parse(text);
      if (message.type === "Connect") return JSON.stringify({ ...message, sessionId: pair.session });
      if (message.type !== "Mutation") return text;
      requestId = message.requestId;
      return JSON.stringify({ ...message, requestId: pair.number });
    },
    incoming(text) {
      const message = JSON.parse(text);
      if (message.type !== "MutationResponse") return text;
      answered();
      return isLosing ? undefined : JSON.stringify({ ...message, requestId });
    },
  });
}

async function openBackend() {
  const backend = await startEmbeddedBackend();
  onTestFinished(() => backend.close());
  const token = () => Promise.resolve(backend.tokenFor({ subject: "alice" }));
  const http = new ConvexHttpClient(backend.url, { auth: await token(), logger: false });
  await http.mutation(api.extras.seedUser, { credits: 100 });
  return {
    url: backend.url,
    token,
    reserved: async () => (await http.query(api.users.getUserCreditsBreakdown, {})).reserved,
  };
}

describe.each(Object.entries(CLIENTS))("%s", (_, open) => {
  const pair = { session: "6f0f9f6a-3c5e-4f5e-9d0e-2b6f7d1c8a11", number: 2_000 };

  test("an answer is lost and the client is gone: the next one with the pair gets it, and one reservation stands", async () => {
    const { url, token, reserved } = await openBackend();
    let onLost = (): void => undefined;
    const lost = new Promise<void>((resolve) => (onLost = resolve));
    const first = open({
      url,
      token,
      webSocketConstructor: pairedSocket(pair, { isLosing: true, answered: () => onLost() }),
    });
    void first.reserve(40);
    await lost;
    await first.close();
    expect(await reserved()).toBe(40);

    const second = open({ url, token, webSocketConstructor: pairedSocket(pair) });
    onTestFinished(() => void second.close());
    expect(await second.reserve(40)).toEqual({ success: true });
    expect(await reserved()).toBe(40);
  });

  test("the control: under another number it reserves again", async () => {
    const { url, token, reserved } = await openBackend();
    for (const number of [2_000, 2_001]) {
      const client = open({ url, token, webSocketConstructor: pairedSocket({ ...pair, number }) });
      expect(await client.reserve(40)).toEqual({ success: true });
      await client.close();
    }
    expect(await reserved()).toBe(80);
  });
});
