// `convex/nextjs` against the embedded backend: what a Next.js server asks before a page is sent.
import { fetchAction, fetchMutation, fetchQuery, preloadedQueryResult, preloadQuery } from "convex/nextjs";
import { expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { tokenFor } from "../server/index.ts";
import { openBackend } from "./support/backend.ts";
import { probe, probeModules } from "./support/probe.ts";

test("asks, writes and preloads for the user of a token", async () => {
  const { url } = await openBackend({ modules: probeModules() });
  const asAlice = { url, token: tokenFor({ subject: "alice" }) };
  await fetchMutation(api.extras.seedUser, { credits: 100 }, asAlice);
  expect(await fetchQuery(api.users.getUserCreditsBreakdown, {}, asAlice)).toMatchObject({ available: 100 });
  expect(await fetchAction(probe.writeInAction, {}, asAlice)).toBe("done");
  const preloaded = await preloadQuery(api.users.getUserCreditsBreakdown, {}, asAlice);
  expect(preloadedQueryResult(preloaded)).toMatchObject({ available: 100 });
  await expect(fetchQuery(api.users.getUserCreditsBreakdown, {}, { url })).rejects.toMatchObject({
    data: { code: "unauthenticated" },
  });
});
