// The functions of convex/ in this process, behind Convex's own protocols. Everything is in memory and gone at the end.
// convex-test replaces some globals while a function runs, so prefer `spawnEmbeddedBackend`, which has its own process.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { convexTest, type TestConvex } from "convex-test";
import { createCommitFeed } from "./commit-feed.ts";
import { createDeploymentSite } from "./deployment-site.ts";
import { modulesOf, type BackendKind, type ModuleMap } from "./embedded-modules.ts";
import { createFunctionRunner } from "./function-runner.ts";
import { createHttpApi } from "./http-api.ts";
import { schemaWithRequests as schema } from "./request-record.ts";
import { attachSyncServer } from "./sync-server.ts";
import { tokenFor, type TokenUser } from "./tokens.ts";

/** Where to listen, and what else to serve. */
export interface EmbeddedBackendOptions {
  /** Default 0: a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. Tokens are unsigned, so keep it on this machine. */
  readonly host?: string;
  /** Which functions have the deployed names. Default `as-planned`. */
  readonly kind?: BackendKind;
  /** Hides the texts of errors, as a production deployment does: only the data of a ConvexError stays. Default false. */
  readonly isProduction?: boolean;
  /** Registers the components of convex.config.ts, which the functions of video.ts need. Default false: they are loaded for those alone. */
  readonly withComponents?: boolean;
  /** More function modules, by path, as in `./probe.ts`. */
  readonly modules?: ModuleMap;
}

/** A running embedded backend. */
export interface EmbeddedBackend {
  /** The deployment URL to give a Convex client. */
  readonly url: string;
  /** A token that signs this user in. */
  tokenFor(user: TokenUser): string;
  /** The convex-test behind it, for tests that wait for what it runs, or look into a component. */
  readonly convexTest: TestConvex<typeof schema>;
  /** Cuts every WebSocket, as a network does; clients reconnect. */
  readonly dropConnections: () => void;
  /** Stops listening and drops everything. */
  close(): Promise<void>;
}

/** Starts the backend. Sets ALLOW_EXTRAS in the environment, so that `extras:seedUser` works. */
export async function startEmbeddedBackend(options: EmbeddedBackendOptions = {}): Promise<EmbeddedBackend> {
  const { port = 0, host = "127.0.0.1", kind = "as-planned", isProduction = false } = options;
  process.env["ALLOW_EXTRAS"] ??= "1";
  const modules = { ...modulesOf(kind), ...options.modules };
  const t = convexTest({ schema, modules });
  if (options.withComponents === true) await (await import("./components.ts")).registerComponents(t);
  const runner = createFunctionRunner(t, { modules, isProduction, ownUrl: () => ownUrl(server, host) });
  const commits = createCommitFeed(async () => (await runner.snapshot([], undefined)).ts);
  const site = createDeploymentSite({ t, modules, onCommit: commits.check });
  const server = createServer(createHttpApi({ runner, site, onCommit: commits.check }));
  const { dropConnections } = attachSyncServer(server, { runner, commits });
  server.listen(port, host);
  await once(server, "listening");
  return {
    url: ownUrl(server, host),
    tokenFor,
    convexTest: t,
    dropConnections,
    async close() {
      commits.close();
      dropConnections();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function ownUrl(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://${host}:${address.port}`;
}
