// The fault matrix on convex-test, under Vitest's fake timers: each world is a deployment of its own.
import { quoteVideo } from "@video-engine/video-models";
import schema from "../books-app/schema.ts";
import { submittedJobs } from "../support/faults-under-test.ts";
import { isQuiet, rowsOf } from "../support/component-tables.ts";
import { createOwnWorld, REQUEST, video, type App, type OwnWorld } from "../support/own-world.ts";
import { DEARER, deploy } from "../support/deployed-options.ts";
import type { Books, MatrixHost } from "./matrix-host.ts";

const BOOKS_APP: App = { schema, modules: import.meta.glob("../books-app/**/*.ts") };

/** Call it under fake timers. */
export const convexTestHost: MatrixHost = {
  name: "convex-test",
  async open({ books, faults, job, credits }) {
    deploy({});
    const world = books === "app" ? createOwnWorld(faults, BOOKS_APP) : createOwnWorld(faults);
    const { t, fal } = world;
    const alice = world.as("alice");
    if (job === "fails") fal.playNext("content-policy-violation");
    if (books === "component") await world.ledger.grant({ userId: "alice", key: "welcome", amount: credits });
    else await t.run(async ({ db }) => void (await db.insert("users", { userId: "alice", credits, reserved: 0 })));
    return {
      generate: async (id) =>
        await alice.mutation(video.generate, { id, request: REQUEST, credits: quoteVideo(REQUEST).credits }),
      cancel: async (id) => void (await alice.mutation(video.cancel, { id })),
      get: async (id) => await alice.query(video.get, { id }),
      step: world.step,
      async callWebhook() {
        const [address, job] = [submittedJobs().at(-1)?.webhookUrl, fal.jobs.at(-1)];
        if (address === undefined || job === undefined) return;
        const { pathname, search } = new URL(address);
        await t.fetch(pathname + search, { method: "POST", body: JSON.stringify({ requestId: job.id }) });
      },
      deploy: async (polling) => await Promise.resolve(deploy({ polling, pricing: DEARER })),
      facts: async () => ({ jobs: fal.jobs.length, isQuiet: await isQuiet(t) }),
      books: async () => await (books === "app" ? booksOfApp(world) : booksOfComponent(world)),
      isShown: async () => await Promise.resolve(true),
      close: async () => await Promise.resolve(),
    };
  },
  isAlive: () => true,
  close: async () => await Promise.resolve(),
};

async function booksOfComponent({ t, ledger }: OwnWorld): Promise<Books> {
  const { balance, held } = await ledger.read("alice");
  const generations = await rowsOf(t, "generations");
  return {
    total: balance,
    held,
    openSlots: generations.filter(({ hasSlot }) => hasSlot === true).length,
    loadingRows: 0,
  };
}

async function booksOfApp({ t }: OwnWorld): Promise<Books> {
  return await t.run(async ({ db }) => {
    const [user] = await db.query("users").collect();
    const [slots, rows] = [await db.query("slots").collect(), await db.query("rows").collect()];
    return {
      total: Number(user?.["credits"]),
      held: Number(user?.["reserved"]),
      openSlots: slots.filter(({ status }) => status === "generating").length,
      loadingRows: rows.filter(({ isLoading }) => isLoading === true).length,
    };
  });
}
