// An embedded backend and real Convex clients, each closed when its test ends.
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import type { FunctionArgs, FunctionReference, FunctionReturnType } from "convex/server";
import { onTestFinished } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { startEmbeddedBackend, tokenFor, type EmbeddedBackendOptions } from "../../server/index.ts";
import type { Start } from "./database.ts";

/** A backend on a free port. */
export async function openBackend(options: EmbeddedBackendOptions = {}) {
  const backend = await startEmbeddedBackend(options);
  onTestFinished(() => backend.close());
  return backend;
}

/** An HTTP client signed in as a user with a row. */
export async function openHttpClient({ url }: { url: string }, subject = "alice", start: Start = {}) {
  const client = new ConvexHttpClient(url, { auth: tokenFor({ subject }), logger: false });
  await client.mutation(api.extras.seedUser, { credits: 100, ...start });
  return client;
}

/** A WebSocket client, signed in where a user is given. */
export function openConvexClient({ url }: { url: string }, subject?: string): ConvexClient {
  const client = new ConvexClient(url, { logger: false });
  if (subject !== undefined) client.setAuth(() => Promise.resolve(tokenFor({ subject })));
  onTestFinished(() => client.close());
  return client;
}

/** The client of React apps, signed in. */
export function openReactClient({ url }: { url: string }, subject: string): ConvexReactClient {
  const client = new ConvexReactClient(url, { logger: false });
  client.setAuth(() => Promise.resolve(tokenFor({ subject })));
  onTestFinished(() => client.close());
  return client;
}

/** Follows a query until its value passes. Rejects when the query fails. */
export function valueThat<Query extends FunctionReference<"query">>(
  client: ConvexClient,
  call: { query: Query; args: FunctionArgs<Query> },
  passes: (value: FunctionReturnType<Query>) => boolean,
): Promise<FunctionReturnType<Query>> {
  return new Promise((resolve, reject) => {
    const unsubscribe = client.onUpdate(
      call.query,
      call.args,
      (value) => {
        if (!passes(value)) return;
        unsubscribe();
        resolve(value);
      },
      reject,
    );
  });
}
