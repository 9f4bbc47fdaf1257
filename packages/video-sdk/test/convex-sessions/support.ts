// An embedded deployment whose functions take no key, and WebSockets that lose, hold and cut what goes through them.
import { startEmbeddedBackend, type EmbeddedBackendOptions } from "@video-engine/example-convex";
import { api } from "@video-engine/example-convex/api";
import { ConvexHttpClient } from "convex/browser";
import { onTestFinished } from "vitest";
import { composeSocket } from "../../src/convex-sessions/compose-socket.ts";
import { convexSessions, type ConvexSessionsOptions } from "../../src/convex-sessions/convex-sessions.ts";
import { createConvexLedger } from "../../src/convex/create-convex-ledger.ts";
import type { ConvexClientLike } from "../../src/convex/convex-client-like.ts";
import { systemClock } from "../../src/platform/system.ts";
import type { NumberedCall } from "../../src/ports.ts";
import type { Clock } from "../../src/platform-ports.ts";

/** A deployment with alice, who has 1,000 credits, and bob. */
export async function openDeployment(options: EmbeddedBackendOptions = {}) {
  const backend = await startEmbeddedBackend({ kind: "as-deployed", isProduction: true, ...options });
  onTestFinished(() => backend.close());
  const tokenOf = (subject: string): string => backend.tokenFor({ subject });
  const clientOf = async (subject: string): Promise<ConvexHttpClient> => {
    const client = new ConvexHttpClient(backend.url, { auth: tokenOf(subject), logger: false });
    await client.mutation(api.extras.seedUser, { credits: 1_000, subscriptionPlan: "pro" });
    return client;
  };
  const [alice, bob] = [await clientOf("alice"), await clientOf("bob")];
  return {
    ...backend,
    tokenOf,
    alice,
    credits: (of = alice) => of.query(api.users.getUserCreditsBreakdown, {}),
    books: () => alice.query(api.extras.books, {}),
    bob,
  };
}

/** A deployment that is open. */
export type Deployment = Awaited<ReturnType<typeof openDeployment>>;

/** A message of the sync protocol. */
interface Message {
  readonly type: string;
  readonly requestId?: number;
  readonly udfPath?: string;
  readonly sessionId?: string;
}

/** What happens to a message: it passes, it is lost, its connection is cut instead, or another text comes. `late`: it passes when `arrive()` is called. */
type Fate = "passes" | "lost" | "cut" | "late" | { readonly instead: string };

/** Decides about the messages that a process sends and hears. */
type Fates = Readonly<Record<"sending" | "hearing", (message: Message) => Fate>>;

/** Sockets of one process, and what becomes of their messages. */
export function openNetwork() {
  const [sockets, sent, late] = [new Set<WebSocket>(), [] as Message[], [] as string[]];
  let fates: Fates = { sending: () => "passes", hearing: () => "passes" };
  class Recorded extends WebSocket {
    constructor(url: string | URL) {
      super(url);
      sockets.add(this);
      this.addEventListener("close", () => sockets.delete(this));
    }
  }
  const cut = (): void => sockets.forEach((socket) => socket.close());
  const apply = (fate: Fate, text: string): string | undefined => {
    if (fate === "cut") cut();
    if (fate === "late") late.push(text);
    if (typeof fate === "object") return fate.instead;
    return fate === "passes" ? text : undefined;
  };
  const Network = composeSocket(Recorded, {
    outgoing(text) {
      const message = JSON.parse(text) as Message;
      const fate = fates.sending(message);
      if (fate === "passes") sent.push(message);
      return apply(fate, text);
    },
    // What this one hands on is read by the one around it.
    onUnreadable: () => undefined,
    incoming: (text) => apply(fates.hearing(JSON.parse(text) as Message), text),
  });
  return {
    WebSocket: Network,
    cut,
    /** Lets what is late arrive, over the connection that is open. */
    arrive: () => late.splice(0).forEach((text) => sockets.forEach((socket) => socket.send(text))),
    /** Open connections. */
    open: () => sockets.size,
    /** The mutations that reached the deployment, as `path number`. */
    mutations: () =>
      sent.flatMap(({ type, udfPath, requestId }) => (type === "Mutation" ? `${udfPath} ${requestId}` : [])),
    sessions: () => sent.flatMap(({ type, sessionId }) => (type === "Connect" ? sessionId : [])),
    /** Decides about later messages. */
    on(next: Partial<Fates>): void {
      fates = { ...fates, ...next };
    },
    /** Loses the next answer to a mutation: resolves when it would have come. */
    loseAnswer(fate: Exclude<Fate, "passes" | "late">): Promise<void> {
      return new Promise((resolve) => {
        let isLost = false;
        fates = {
          ...fates,
          hearing({ type }) {
            if (type !== "MutationResponse" || isLost) return "passes";
            isLost = true;
            resolve();
            return fate;
          },
        };
      });
    },
  };
}

/** A ledger of one process over such sessions. */
export function openSessions(
  { url, tokenOf }: Pick<Deployment, "url" | "tokenOf">,
  options: Partial<ConvexSessionsOptions> & { clock?: Clock } = {},
) {
  const { clock = systemClock, ...more } = options;
  const network = openNetwork();
  const exactlyOnce = convexSessions({
    url,
    fetchToken: () => Promise.resolve(tokenOf("alice")),
    WebSocket: network.WebSocket,
    ...more,
  });
  // The app's own client: a call that has a number never goes over it.
  const client: ConvexClientLike = { mutation: () => Promise.reject(new Error("The app's own client was used.")) };
  const ledger = createConvexLedger({ client, clock, exactlyOnce });
  onTestFinished(() => ledger.close?.());
  return { ledger, network, exactlyOnce };
}

/** A number of one session, first asked for now. */
export function callOf(number: number, options: Partial<NumberedCall> = {}): NumberedCall {
  const session = "6f0f9f6a-3c5e-4f5e-9d0e-2b6f7d1c8a11";
  return { session, number, firstAt: Date.now() - 1_000, isFirst: false, isOther: false, ...options };
}
