// A user's books, as the backend has them.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { inject } from "vitest";

/** What a user begins with. */
export interface StartingBooks {
  readonly credits: number;
  readonly subscriptionPlan: "basic" | "pro" | "max";
}

/** One consistent answer. */
export interface Books {
  readonly credits: { readonly total: number; readonly reserved: number; readonly available: number };
  readonly openSlots: number;
  readonly slots: readonly { readonly status: string }[];
  readonly sessions: readonly { readonly title: string }[];
  readonly rows: readonly {
    readonly prompt: string;
    readonly isLoading: boolean;
    readonly videos?: readonly string[];
    readonly previewImage?: string;
    readonly error?: string;
    readonly creditsUsed?: number;
  }[];
}

const booksQuery = makeFunctionReference<"query", Record<string, never>, Books>("extras:books");
const seedUser = makeFunctionReference<"mutation", Partial<StartingBooks>>("extras:seedUser");

/** A row that another screen of the app, or an earlier release, has written. */
export interface OlderRow {
  readonly type: "video" | "image";
  readonly prompt: string;
}

const mutation = (name: string) => makeFunctionReference<"mutation", Record<string, unknown>, string>(name);

/** Adds finished rows to the newest session, as another client does. */
async function addRows(client: ConvexHttpClient, rows: readonly OlderRow[]): Promise<void> {
  const slot = makeFunctionReference<"mutation", Record<string, unknown>, { generationId: string }>(
    "generations:acquireGenerationSlot",
  );
  const { generationId: slotId } = await client.mutation(slot, { type: "video", prompt: "" });
  const sessionId = await client.mutation(mutation("sessions:createSession"), { type: "video" });
  const rest = { model: "vid-veo-3.1", modelLabel: "Veo 3.1", aspectRatio: "16:9", creditsUsed: 1, videos: [] };
  for (const row of rows) {
    const added = { ...row, ...rest, sessionId, concurrencySlotId: slotId, isLoading: true };
    const generationId = await client.mutation(mutation("sessions:addGenerationToSession"), added);
    const videos = row.type === "video" ? ["https://videos.test/older.mp4"] : undefined;
    await client.mutation(mutation("sessions:updateGeneration"), { generationId, isLoading: false, videos });
  }
  const end = { generationId: slotId, status: "completed", videoUrl: "https://videos.test/older.mp4" };
  await client.mutation(mutation("generations:updateGenerationStatus"), end);
}

/** The ways to set and to read the books of a user. */
export function createBooks(user: string) {
  const { pageUrl, convexUrl } = inject("world");
  const client = async (): Promise<ConvexHttpClient> => {
    const response = await fetch(`${pageUrl}/demo/token?user=${user}`);
    const { token } = (await response.json()) as { token: string }; // of create-api.ts
    return new ConvexHttpClient(convexUrl, { auth: token });
  };
  const books = async (): Promise<Books> => await (await client()).query(booksQuery, {});
  return {
    books,
    async begin(start: Partial<StartingBooks>): Promise<void> {
      await (await client()).mutation(seedUser, start);
    },
    async addRows(rows: readonly OlderRow[]): Promise<void> {
      await addRows(await client(), rows);
    },
    /** What is still held, open or spinning. */
    async openEnds(): Promise<readonly string[]> {
      const { credits, openSlots, rows } = await books();
      return [
        ...(credits.reserved === 0 ? [] : [`${credits.reserved} credits are held`]),
        ...(openSlots === 0 ? [] : [`${openSlots} slots are open`]),
        ...rows.filter(({ isLoading }) => isLoading).map(({ prompt }) => `"${prompt}" is loading`),
      ];
    },
  };
}
