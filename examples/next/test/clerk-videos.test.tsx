// The recipe for Clerk as a user lives it: signed out, signed in, a video, another user. Its tokens are real ones, and each is refused by
// the side that it is not for: the routes check session tokens with Clerk's own helper, and the backend takes only those of its template.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmbeddedBackend, tokenFor } from "@video-engine/example-convex";
import { api } from "@video-engine/example-convex/api";
import { createPollingPolicy, createVideoEngine, type VideoEngine } from "@video-engine/video-sdk";
import { useGenerations, useVideoEngine } from "@video-engine/video-sdk/react";
import { ConvexHttpClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import { StrictMode, useSyncExternalStore } from "react";
import { createRoot } from "test-renderer";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ClerkVideos } from "../lib/clerk-videos.tsx";
import { mintToken } from "./support/session-tokens.ts";
import { setUp } from "./support/set-up.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const TEN_MINUTES_MS = 600_000;
const policy = createPollingPolicy({ minWaitMs: 20 });
const PATIENCE = { timeout: 30_000, interval: 20 };

/** Stands in for Clerk's client: who is signed in, and what `useAuth` gives. */
function createFakeClerk() {
  const listeners = new Set<() => void>();
  const asked: (string | undefined)[] = [];
  let user: string | undefined;
  let isLoaded = false;
  const getToken = async ({ template }: { template?: string; skipCache?: boolean } = {}): Promise<string | null> => {
    asked.push(template);
    if (user === undefined) return null;
    // The embedded backend's own tokens stand for those of the template.
    return template === "convex" ? tokenFor({ subject: user }) : await mintToken({ claims: { sub: user } });
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    asked,
    useAuth: () => {
      const userId = useSyncExternalStore(subscribe, () => (isLoaded ? (user ?? null) : undefined));
      const isSignedIn = userId === undefined ? undefined : userId !== null;
      const none = { orgId: null, orgRole: null, sessionId: userId && `session of ${userId}`, sessionClaims: null };
      return { isLoaded: userId !== undefined, isSignedIn, userId, getToken, ...none };
    },
    /** How many components follow who is signed in. */
    watchers: () => listeners.size,
    become: (next: string | undefined) => {
      [user, isLoaded] = [next, true];
      for (const listener of [...listeners]) listener();
    },
  };
}

async function open() {
  const backend = await startEmbeddedBackend();
  onTestFinished(() => backend.close());
  const { handlers, fal } = await setUp();
  vi.stubEnv("ALLOW_EXTRAS", "1");
  for (const subject of ["user_1", "user_2"]) {
    const user = new ConvexHttpClient(backend.url, { auth: tokenFor({ subject }), logger: false });
    await user.mutation(api.extras.seedUser, { credits: 1_000, subscriptionPlan: "pro" });
  }
  const convex = new ConvexReactClient(backend.url, { unsavedChangesWarning: false, logger: false });
  const clerk = createFakeClerk();
  const made: string[] = [];
  const toRoutes = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const route = new URL(request.url).pathname.split("/").at(-1);
    const handler = Object.entries(handlers).find(([name]) => name === route)?.[1];
    return handler === undefined ? new Response(null, { status: 404 }) : await handler(request);
  };
  const createEngine: Parameters<typeof ClerkVideos>[0]["createEngine"] = (user, getToken) => {
    made.push(user);
    return createVideoEngine({
      convex,
      http: { baseUrl: "https://app.example", getToken, fetch: toRoutes },
      user,
      // The job is asked about at the pace of the test, not of the model.
      polling: (poll) => policy({ ...poll, expectedMs: { p50: 20, p95: 100 } }),
    });
  };
  const seen: string[] = [];
  const provided: VideoEngine[] = [];
  const Screen = (): null => {
    provided.push(useVideoEngine());
    const statuses = useGenerations().map(({ status }) => status);
    seen.push(`videos: ${statuses.join()}`);
    return null;
  };
  const SignIn = (): null => {
    seen.push("sign in");
    return null;
  };
  const root = createRoot();
  root.render(
    <StrictMode>
      <ClerkVideos convex={convex} useAuth={clerk.useAuth} createEngine={createEngine} signedOut={<SignIn />}>
        <Screen />
      </ClerkVideos>
    </StrictMode>,
  );
  onTestFinished(async () => {
    root.unmount();
    // What was mounted takes its leave of the client first.
    await vi.waitFor(() => expect(clerk.watchers()).toBe(0), PATIENCE);
    await convex.close();
  });
  const shown = (what: string) => vi.waitFor(() => expect(seen.at(-1)).toBe(what), PATIENCE);
  /** The engine of the screen. */
  const engine = (): VideoEngine => {
    const last = provided.at(-1);
    if (last === undefined) throw new Error("No screen with an engine was shown.");
    return last;
  };
  return { ...clerk, made, engine, fal, shown };
}

describe("videos with Clerk", () => {
  test("a user signs in, makes a video that is paid for, and the next user has an engine of their own", async () => {
    const { asked, made, engine, fal, become, shown } = await open();
    await shown("sign in");
    expect(made).toEqual([]);

    become("user_1");
    await shown("videos: ");
    const first = engine();
    const { outcome, getSnapshot } = first.generate(REQUEST);
    await vi.waitFor(() => expect(getSnapshot().phase).toBe("polling"), PATIENCE);
    vi.setSystemTime(Date.now() + TEN_MINUTES_MS);
    expect(await outcome).toMatchObject({ status: "completed", settlement: "captured" });
    await shown("videos: completed");
    expect(fal.jobs).toHaveLength(1);
    expect(new Set(asked)).toEqual(new Set(["convex", undefined]));

    become(undefined);
    await shown("sign in");
    expect(() => first.generate(REQUEST)).toThrow(expect.objectContaining({ code: "disposed" }));
    become("user_2");
    await shown("videos: ");
    expect(engine().list()).toEqual([]);
    expect(new Set(made)).toEqual(new Set(["user_1", "user_2"]));
  }, 60_000);
});

test("the recipe is the same in the docs, in Expo and here", () => {
  const root = join(import.meta.dirname, "../../..");
  const [here, expo, docs] = [
    "examples/next/lib/clerk-videos.tsx",
    "examples/expo/src/clerk-videos.tsx",
    "docs/clerk.md",
  ].map((file) => readFileSync(join(root, file), "utf8"));
  expect(expo).toBe(here);
  expect(docs).toContain(`\`\`\`tsx\n${here}\`\`\``);
});
