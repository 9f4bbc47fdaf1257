// The page's side of the demo's sign-in. An app uses its auth provider's SDK in place of this file.
import type { DemoSession } from "../server/demo-session.ts";

/** What the page starts with. */
export interface PageSession extends DemoSession {
  /** Whether to use the backend's functions that take operation ids (`?operation-ids`). */
  readonly takesOperationIds: boolean;
  /** Whether to call the routes of the deployed web app, with a Turnstile token for each submit (`?deployed-routes`). */
  readonly usesDeployedRoutes: boolean;
}

/** Who is signed in, and where the backend is: the user that the address names (`?user=anna`), or `demo`. */
export async function fetchSession(): Promise<PageSession> {
  const address = new URLSearchParams(location.search);
  const user = address.get("user") ?? "demo";
  const response = await fetch(`/demo/session?user=${encodeURIComponent(user)}`);
  const session = (await response.json()) as DemoSession; // our own server's
  return {
    ...session,
    takesOperationIds: address.has("operation-ids"),
    usesDeployedRoutes: address.has("deployed-routes"),
  };
}

const RETRY_MS = 2_000;

/** Fresh tokens for a user. Without a network it waits, so that a tunnel does not sign the user out. */
export function createGetToken(user: string): () => Promise<string> {
  return async () => {
    for (;;) {
      const response = await fetch(`/demo/token?user=${encodeURIComponent(user)}`).catch(() => undefined);
      if (response?.ok === true) return ((await response.json()) as { token: string }).token;
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
