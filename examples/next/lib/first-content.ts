// Reads what the videos page shows first, with an engine that only reads: no storage, no socket, nothing to resume.
import type { FirstContent } from "@video-engine/example-web-grid/first-content";
import { creditsQuery, otherRows, rowsQuery } from "@video-engine/example-web-grid/queries";
import { fetchToken, type PageSession } from "@video-engine/example-web-grid/sign-in";
import { createVideoEngine } from "@video-engine/video-sdk";
import { ConvexHttpClient } from "convex/browser";

/** The page comes without it rather than later than this, milliseconds. */
const LONGEST_MS = 2_000;

/** The user's credits, sessions and newest session; undefined where the backend does not answer: the page then reads for itself. */
export async function readFirstContent(session: PageSession, demoUrl: string): Promise<FirstContent | undefined> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const fetchInTime: typeof fetch = async (input, init) => await fetch(input, { ...init, signal });
  try {
    const auth = await fetchToken(session.user, demoUrl);
    return await read(new ConvexHttpClient(session.convexUrl, { auth, fetch: fetchInTime }), session.user);
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

async function read(convex: ConvexHttpClient, user: string): Promise<FirstContent | undefined> {
  const engine = createVideoEngine({ convex, user, http: { baseUrl: "", getToken: () => null } });
  const [credits] = await Promise.all([convex.query(creditsQuery, {}), engine.sessions.refresh()]);
  const { sessions, currentId, error } = engine.sessions.getSnapshot();
  if (error !== undefined) return undefined;
  if (currentId === undefined) return { credits, sessions, currentId, tiles: [], others: [] };
  const [rows] = await Promise.all([
    convex.query(rowsQuery, { sessionId: currentId }),
    engine.sessions.rows(currentId).refresh(),
  ]);
  const tiles = engine.sessions.tiles(currentId).getSnapshot();
  return { credits, sessions, currentId, tiles, others: otherRows(rows) };
}
