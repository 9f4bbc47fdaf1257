// Whether the deployment has the functions, under the names that an app has or under those that `init` writes. Runs queries alone: changes nothing.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { sayingOf } from "../convex-saying.ts";
import { findingsOf, type Finding } from "./finding.ts";

const found = findingsOf("convex");

/** A deployment, and a user's token for it. */
export interface ConvexAddress {
  readonly url: string;
  readonly token: string | undefined;
}

/** The folders that the functions may be in: the app's own names, and `convex/videos`. */
export const FOLDERS: readonly string[] = ["", "videos/"];

/** Asks for the credits and the sessions of the token's user. */
export async function checkConvex({ url, token }: ConvexAddress): Promise<readonly Finding[]> {
  if (!URL.canParse(url))
    return [found("failed", "CONVEX_URL is no address, such as https://happy-otter-123.convex.cloud")];
  const client = new ConvexHttpClient(url, { logger: false, ...(token ? { auth: token } : {}) });
  for (const folder of FOLDERS) {
    const credits = await answerOf(client, `${folder}users:getUserCreditsBreakdown`);
    if (credits.isMissing) continue;
    const sessions = await answerOf(client, `${folder}sessions:getUserSessions`);
    return [credits, sessions].map(({ name, error }) =>
      error === undefined ? found("ok", `${name} answers`) : found(token ? "failed" : "unknown", `${name}: ${error}`),
    );
  }
  return [
    found(
      "failed",
      "the functions are not there. `npx @video-engine/cli init` writes them, `npx convex dev` deploys them",
    ),
  ];
}

interface Answer {
  readonly name: string;
  readonly isMissing: boolean;
  readonly error: string | undefined;
}

async function answerOf(client: ConvexHttpClient, name: string): Promise<Answer> {
  try {
    await client.query(makeFunctionReference<"query", Record<string, never>>(name), {});
    return { name, isMissing: false, error: undefined };
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return { name, isMissing: text.includes("Could not find public function"), error: sayingOf(thrown) };
  }
}
