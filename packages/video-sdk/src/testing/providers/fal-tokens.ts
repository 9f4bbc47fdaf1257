// fal's short-lived tokens in this process: made for some apps, and good in place of a key until they expire. Knows nothing of jobs.
import { falDetail } from "./fal-job.ts";
import { readJsonObject } from "./incoming-request.ts";

/** Makes and checks tokens. */
export interface FalTokens {
  /** Answers `POST rest.fal.ai/tokens/`; asks for the key are the caller's. */
  readonly create: (request: Request) => Promise<Response>;
  /** Whether the request carries, as `fal_jwt_token`, a token that lives and is for the app in its path. */
  readonly hasToken: (request: Request) => boolean;
}

interface Token {
  readonly apps: readonly unknown[];
  readonly expiresAt: number;
}

const DEFAULT_SECONDS = 120;

/** Builds the tokens of one simulated fal. */
export function createFalTokens(now: () => number, createId: () => string): FalTokens {
  const tokens = new Map<string, Token>();
  return {
    create: async (request) => {
      const { allowed_apps: apps, token_expiration: seconds = DEFAULT_SECONDS } = (await readJsonObject(request)) ?? {};
      if (!Array.isArray(apps) || typeof seconds !== "number") {
        return falDetail(422, [{ loc: ["body", "allowed_apps"], msg: "Field required", type: "missing" }]);
      }
      const token = `token-${createId()}`;
      tokens.set(token, { apps, expiresAt: now() + seconds * 1000 });
      return Response.json(token);
    },
    hasToken: (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const token = tokens.get(searchParams.get("fal_jwt_token") ?? "");
      return (
        token !== undefined && now() < token.expiresAt && pathname.split("/").some((part) => token.apps.includes(part))
      );
    },
  };
}
