// Twenty starts at once with credits for two, on a host.
import type { MatrixHost } from "./matrix-host.ts";

/** How they ended, and what was paid for. */
export interface PlayedMany {
  readonly completed: number;
  readonly withoutCredits: number;
  readonly jobs: number;
  readonly creditsLeft: number;
  readonly held: number;
}

const IDS = Array.from({ length: 20 }, (_, index) => `g${index}`);

/** Plays it. `credits`: what one of them costs. */
export async function playMany(host: MatrixHost, credits: number): Promise<PlayedMany> {
  const world = await host.open({ books: "component", faults: [], job: "goes well", credits: 2 * credits });
  try {
    await Promise.all(IDS.map(async (id) => await world.generate(id)));
    while (!(await world.facts()).isQuiet) await world.step();
    const ended = await Promise.all(IDS.map(async (id) => await world.get(id)));
    const { total, held } = await world.books();
    return {
      completed: ended.filter((shown) => shown?.settlement === "captured").length,
      withoutCredits: ended.filter((shown) => shown?.error?.code === "insufficient-credits").length,
      jobs: (await world.facts()).jobs,
      creditsLeft: total,
      held,
    };
  } finally {
    await world.close();
  }
}
