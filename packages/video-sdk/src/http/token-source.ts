// The app's tokens: a fresh one for each request, or one that was asked for some seconds ahead. Never throws.
import type { Clock } from "../platform-ports.ts";
import { causeText } from "../thrown-error.ts";

/** A token that does not come must not hold a paid job. */
const TOKEN_DEADLINE_MS = 10_000;
/** For how long a token that was asked for ahead is used: a sixth of what Clerk's live. */
const EARLY_FOR_MS = 10_000;

/** Where an app has its tokens. `null`: no user is signed in. */
interface TokenGiver {
  getToken(options: { isForced: boolean }): Promise<string | null> | string | null;
}

/** A token, or why there is none. */
type Token = string | { readonly kind: "none"; readonly cause: "not-sent" | "not-signed-in"; readonly reason?: string };

/** How a token is asked for. */
interface TokenOptions {
  /** No token from a cache. */
  readonly isForced: boolean;
  /** One that was asked for ahead will do. */
  readonly mayBeEarly: boolean;
  /** Aborting it ends the waiting. */
  readonly signal: AbortSignal | undefined;
}

/** Where requests get their tokens. */
export interface TokenSource {
  /** At once, where the app has it. */
  get(options: TokenOptions): Promise<Token> | Token;
  /** Asks for a token that a request will need soon. Starts no timer: that request waits for it, and not for long. */
  askAhead(): void;
}

/** Tokens of this app. Asks for none by itself. */
export function createTokenSource(http: TokenGiver, clock: Clock): TokenSource {
  let early: { readonly token: Promise<unknown>; readonly at: number } | undefined;
  const young = (): typeof early => {
    const ageMs = clock.now() - (early?.at ?? 0);
    return ageMs >= 0 && ageMs < EARLY_FOR_MS ? early : undefined;
  };
  const fresh = ({ isForced, signal }: TokenOptions): Promise<Token> | Token => {
    try {
      const given = http.getToken({ isForced });
      return Object(given) === given ? inTime(given, { clock, signal }).then(tokenIn, withoutToken) : tokenIn(given);
    } catch (error) {
      return withoutToken(error);
    }
  };
  return {
    get(options) {
      const { isForced, mayBeEarly, signal } = options;
      const ahead = mayBeEarly && !isForced ? young() : undefined;
      if (ahead === undefined) return fresh(options);
      return inTime(ahead.token, { clock, signal }).then((token) => {
        if (isToken(token)) return token;
        return signal?.aborted === true ? NOT_SENT : fresh(options);
      });
    },
    askAhead() {
      early = young() ?? { token: quietly(http), at: clock.now() };
    },
  };
}

const NOT_SENT: Token = { kind: "none", cause: "not-sent" };

/** What went wrong is not told: the request asks again. */
async function quietly(http: TokenGiver): Promise<unknown> {
  try {
    return await http.getToken({ isForced: false });
  } catch {
    return undefined;
  }
}

function tokenIn(token: unknown): Token {
  if (token === null) return { kind: "none", cause: "not-signed-in" };
  // The route would get "Bearer undefined" from an untyped caller.
  return isToken(token) ? token : { kind: "none", cause: "not-sent", reason: "getToken gave none" };
}

function isToken(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function withoutToken(error: unknown): Token {
  return { kind: "none", cause: "not-sent", reason: `getToken threw ${causeText(error)}` };
}

/** What is promised, or undefined where that takes too long or is called off. */
async function inTime(
  promised: unknown,
  { clock, signal }: { clock: Clock; signal: AbortSignal | undefined },
): Promise<unknown> {
  let timer: unknown;
  let end = (): void => undefined;
  const late = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
    timer = clock.setTimeout(end, TOKEN_DEADLINE_MS);
    signal?.addEventListener("abort", end);
  });
  try {
    return await Promise.race([promised, late]);
  } finally {
    clock.clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}
