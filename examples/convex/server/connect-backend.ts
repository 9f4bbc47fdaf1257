// Chooses the backend: the deployment that CONVEX_URL names, or an embedded one. Knows nothing of either's inside.
import type { BackendKind } from "./embedded-modules.ts";
import { spawnEmbeddedBackend, type Backend } from "./spawn-embedded-backend.ts";

/** Which backend to use. */
export interface ConnectOptions {
  /** A deployment's URL; without one an embedded backend is started. Default: CONVEX_URL. */
  readonly url?: string | undefined;
  /** A token of that deployment's auth provider. Default: CONVEX_TOKEN. */
  readonly token?: string | undefined;
  /** What kind of embedded backend to start. Default `as-planned`. */
  readonly kind?: BackendKind | undefined;
  /** The embedded backend's program, for a bundle. Default: the one here. */
  readonly program?: string | undefined;
  /** Whether the embedded backend has the components that the functions of video.ts need. Default false. */
  readonly withComponents?: boolean;
  /** Variables of the embedded backend's environment, beside those of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** The backend to talk to. With a deployment, `tokenFor` returns its one token for every user. */
export async function connectBackend(options: ConnectOptions = {}): Promise<Backend> {
  const { url, token, kind = "as-planned", ...embedded } = { ...fromEnvironment(), ...options };
  if (url === undefined || url === "") return await spawnEmbeddedBackend({ kind, ...embedded });
  return {
    url,
    tokenFor() {
      if (token !== undefined) return token;
      throw new Error(`No token for ${url}: its auth provider makes them. Set CONVEX_TOKEN to one.`);
    },
    ended: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
}

function fromEnvironment(): ConnectOptions {
  return { url: process.env["CONVEX_URL"], token: process.env["CONVEX_TOKEN"] };
}
