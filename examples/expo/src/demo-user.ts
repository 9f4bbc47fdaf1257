// Signing in without an auth provider. An app uses its provider's SDK in place of this file.

/** A signed-in user. */
export interface AppUser {
  readonly id: string;
  /** A fresh token for each request; null when the user is signed out. */
  getToken(): Promise<string | null>;
}

/** The demo's user, whose tokens come from the server of `npm run web`. With Clerk the app is wrapped in `ClerkVideos` instead: see clerk-videos.tsx. */
export function demoUser(apiUrl: string, id = "demo"): AppUser {
  return {
    id,
    async getToken() {
      const response = await fetch(`${apiUrl}/demo/token?user=${encodeURIComponent(id)}`);
      const { token } = (await response.json()) as { readonly token: string }; // our own server's
      return token;
    },
  };
}
