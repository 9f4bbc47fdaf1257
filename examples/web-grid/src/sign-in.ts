// The page's side of the demo's sign-in. An app uses its auth provider's SDK in place of this file.
import type { DemoSession } from "../server/demo-session.ts";

/** What the page starts with. */
export interface PageSession extends DemoSession {
  /** Whether to use the backend's functions that take operation ids (`?operation-ids`). */
  readonly takesOperationIds: boolean;
  /** Whether the functions that take no key run once by the deployment's memory of sessions (`?exactly-once`). */
  readonly usesSessions: boolean;
  /** Whether to call the routes of the deployed web app, with a Turnstile token for each submit (`?deployed-routes`). */
  readonly usesDeployedRoutes: boolean;
  /** Whether generations run in the deployment, also while the page is closed (`?server-driven`). */
  readonly isServerDriven: boolean;
}

/**
 * Who is signed in, and where the backend is: the user that the address names (`?user=anna`), or `demo`. `origin` is where the demo is, for a
 * server that asks in the page's place.
 */
export async function fetchSession(address: URLSearchParams, origin = ""): Promise<PageSession> {
  const user = address.get("user") ?? "demo";
  const response = await fetch(`${origin}/demo/session?user=${encodeURIComponent(user)}`);
  const session = (await response.json()) as DemoSession; // our own server's
  return {
    ...session,
    takesOperationIds: address.has("operation-ids"),
    usesSessions: address.has("exactly-once"),
    usesDeployedRoutes: address.has("deployed-routes"),
    isServerDriven: address.has("server-driven"),
  };
}

/** A fresh token of a user, for the backend and for the routes. */
export async function fetchToken(user: string, origin = ""): Promise<string> {
  const response = await fetch(`${origin}/demo/token?user=${encodeURIComponent(user)}`);
  if (!response.ok) throw new Error(`The demo gave no token: ${response.status}.`);
  return ((await response.json()) as { token: string }).token;
}

const RETRY_MS = 2_000;

/** Fresh tokens for a user. Without a network it waits, so that a tunnel does not sign the user out. */
export function createGetToken(user: string): () => Promise<string> {
  return async () => {
    for (;;) {
      const token = await fetchToken(user).catch(() => undefined);
      if (token !== undefined) return token;
      await new Promise((resolve) => {
        setTimeout(resolve, RETRY_MS);
        addEventListener("online", resolve, { once: true });
      });
    }
  };
}

/** A token for one submit. An app asks Cloudflare's widget in its place. */
export async function fetchTurnstileToken(): Promise<string> {
  const response = await fetch("/demo/turnstile");
  return ((await response.json()) as { token: string }).token;
}
