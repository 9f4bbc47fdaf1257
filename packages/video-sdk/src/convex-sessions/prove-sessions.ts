// Whether a deployment removes repeats as convexSessions needs it: tried on the real thing, with one credit, and put right again.
import { ConvexHttpClient, type AuthTokenFetcher } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { systemPlatform } from "../platform/system.ts";
import { convexSessions } from "./convex-sessions.ts";

/** Options of {@link proveSessions}. */
export interface ProveSessionsOptions {
  /** The deployment: `https://happy-otter-123.convex.cloud`. */
  readonly url: string;
  /** The token for Convex of a user who has a credit to spare, and whose credits nothing else changes meanwhile. */
  readonly fetchToken: AuthTokenFetcher;
  /** Default: the runtime's own. */
  readonly WebSocket?: typeof WebSocket | undefined;
  /** The names of the app's functions. Default: `users:reserveCredits`, `users:releaseReservedCredits`, `users:getUserCreditsBreakdown`. */
  readonly functions?: Partial<typeof FUNCTIONS> | undefined;
  /** Called with each thing that was seen, as a sentence. */
  readonly onSeen?: ((sentence: string) => void) | undefined;
}

/** What was found. */
export interface SessionsProof {
  /** Whether two equal calls, each over a connection of its own, have reserved one credit. */
  readonly isProven: boolean;
  /** What was seen, one sentence each, in order. */
  readonly seen: readonly string[];
  /** Credits that are reserved at the end beside those before. 0: everything was put right. */
  readonly left: number;
}

const FUNCTIONS = {
  reserve: "users:reserveCredits",
  release: "users:releaseReservedCredits",
  balance: "users:getUserCreditsBreakdown",
};

/**
 * Reserves one credit twice under one session and number, each time over a connection of its own, reads the balance, and releases what it finds
 * reserved. It changes a real user's credits for some seconds: run it with the consent of the deployment's owner only.
 *
 * @throws Error where nothing was changed: no user is signed in, or the balance cannot be read.
 * @example
 * const { isProven, seen } = await proveSessions({ url, fetchToken });
 */
export async function proveSessions(options: ProveSessionsOptions): Promise<SessionsProof> {
  const functions = { ...FUNCTIONS, ...options.functions };
  const seen: string[] = [];
  const note = (sentence: string): void => {
    seen.push(sentence);
    options.onSeen?.(sentence);
  };
  const session = systemPlatform.createId();
  const call = async (name: string, number: number): Promise<string> =>
    await saidBy(options, { session, number, name });
  const reserved = await openBalance(options, functions.balance);

  const before = await reserved();
  note(`Reserved before: ${before}.`);
  for (const nth of ["first", "second"])
    note(`Reserve 1 credit, the ${nth} time: ${await call(functions.reserve, 1)}.`);
  const after = await reserved();
  note(`Reserved after both: ${after}, so ${after - before} more.`);
  // Each release has a number of its own: there may be two to release, where repeats are not removed.
  for (let left = after - before; left > 0; left--)
    note(`Release 1 credit: ${await call(functions.release, 10 + left)}.`);
  const end = await reserved();
  note(`Reserved at the end: ${end}.`);
  return { isProven: after - before === 1, seen, left: Math.max(0, end - before) };
}

/** One call of 1 credit, over a connection of its own, as a process makes it that has started anew. What came of it, in words. */
async function saidBy(
  options: ProveSessionsOptions,
  { session, number, name }: { readonly session: string; readonly number: number; readonly name: string },
): Promise<string> {
  const { clock } = systemPlatform;
  const calls = convexSessions(options).connect({ clock });
  const call = { session, number, firstAt: clock.now(), isFirst: true, isOther: false };
  const reference = makeFunctionReference<"mutation", { amount: number }>(name);
  try {
    const answer = await calls.send({ call, reference, args: { amount: 1 }, isMark: false });
    return answer.ok ? `answered ${JSON.stringify(answer.value)}` : `no answer (${answer.message ?? answer.code})`;
  } catch (thrown) {
    return `refused (${String(thrown)})`;
  } finally {
    calls.close();
  }
}

/** Reads what the user has reserved. */
async function openBalance({ url, fetchToken }: ProveSessionsOptions, name: string): Promise<() => Promise<number>> {
  const client = new ConvexHttpClient(url, { logger: false, skipConvexDeploymentUrlCheck: true });
  return async () => {
    const token = await fetchToken({ forceRefreshToken: false });
    if (typeof token !== "string") throw new Error("There is no token for Convex: sign in first.");
    client.setAuth(token);
    const balance: unknown = await client.query(makeFunctionReference<"query">(name), {});
    const reserved =
      typeof balance === "object" && balance !== null && "reserved" in balance ? balance.reserved : undefined;
    if (typeof reserved === "number") return reserved;
    throw new Error(`${name} has answered ${JSON.stringify(balance)}, without \`reserved\`.`);
  };
}
