// What the fault matrix plays: every fault of an action at each of its calls, alone and in pairs, with a cancel, webhooks and a deploy anywhere. Pure.
import { createSeededRandom } from "@video-engine/video-sdk/testing";
import { CALLS, type Fault } from "../support/faults-under-test.ts";
import type { BooksOf, WorldOptions } from "./matrix-host.ts";

/** One run. Steps are counted from the start on. */
export interface Scenario extends Omit<WorldOptions, "credits"> {
  /** The user cancels after so many steps. */
  readonly cancelAt?: number | undefined;
  /** The provider's webhook comes after each of these steps, whether or not its job has ended. */
  readonly webhooksAt: readonly number[];
  /** Other polling options are deployed after so many steps. */
  readonly deployAt?: number | undefined;
}

const HOW = ["dies-before", "dies-after", "lost"] as const;

/** Every fault of one call. */
const SINGLE: readonly Fault[] = CALLS.flatMap((call) =>
  [1, 2, 3].flatMap((nth) => HOW.map((how) => ({ call, nth, how }))),
);

const BOOKS: readonly BooksOf[] = ["component", "app"];
const JOBS = ["goes well", "fails"] as const;
/** Later than these, a job of the matrix has ended. */
const CANCELS = [undefined, 0, 1, 2, 3, 4, 6, 8] as const;
/** None; before the answer of the paid call is told; in a row; long after the end. */
const WEBHOOKS: readonly (readonly number[])[] = [[], [1], [2, 2, 3], [12, 1]];

/** The families of runs, each of them whole. */
export const FAMILIES: Readonly<Record<string, readonly Scenario[]>> = {
  "one fault": product({ faults: SINGLE.map((fault) => [fault]) }),
  "one fault, canceled at each step": product({ faults: SINGLE.map((fault) => [fault]), cancels: CANCELS.slice(1) }),
  "one fault, with webhooks": product({ faults: SINGLE.map((fault) => [fault]), webhooks: WEBHOOKS.slice(1) }),
  "one fault, with a deploy": product({ faults: SINGLE.map((fault) => [fault]), deploys: [0, 1, 2, 3] }),
  "no fault, canceled at each step": product({
    faults: [[]],
    cancels: CANCELS,
    webhooks: WEBHOOKS,
    deploys: [undefined, 1, 3],
  }),
};

interface Dimensions {
  readonly faults: readonly (readonly Fault[])[];
  readonly cancels?: readonly (number | undefined)[];
  readonly webhooks?: readonly (readonly number[])[];
  readonly deploys?: readonly (number | undefined)[];
}

function product({
  faults,
  cancels = [undefined],
  webhooks = [[]],
  deploys = [undefined],
}: Dimensions): readonly Scenario[] {
  return BOOKS.flatMap((books) =>
    JOBS.flatMap((job) =>
      faults.flatMap((chosen) =>
        cancels.flatMap((cancelAt) =>
          webhooks.flatMap((webhooksAt) =>
            deploys.map((deployAt) => ({ books, job, faults: chosen, cancelAt, webhooksAt, deployAt })),
          ),
        ),
      ),
    ),
  );
}

/** So many runs with two faults, and anything else. */
export function drawPairs(count: number, seed: number): readonly Scenario[] {
  const random = createSeededRandom(seed);
  const draw = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T; // never empty
  return Array.from({ length: count }, () => ({
    books: draw(BOOKS),
    job: draw(JOBS),
    faults: [draw(SINGLE), draw(SINGLE)],
    cancelAt: draw(CANCELS),
    webhooksAt: draw(WEBHOOKS),
    deployAt: draw([undefined, undefined, 1, 2, 3]),
  }));
}

/** Every nth of all runs, and as many pairs: another part of each family, the same each time. */
export function shareOf(every: number): readonly Scenario[] {
  const all = Object.values(FAMILIES).flat();
  const share = all.filter((_, index) => index % every === (index % 7) % every);
  return [...share, ...drawPairs(Math.ceil(share.length / 4), 7)];
}

/** How a run is named where it fails. */
export function nameOf({ books, job, faults, cancelAt, webhooksAt, deployAt }: Scenario): string {
  return [
    `books of the ${books}`,
    `the job ${job}`,
    ...faults.map(({ call, nth, how }) => `${call} ${nth} ${how}`),
    ...(cancelAt === undefined ? [] : [`canceled after ${cancelAt}`]),
    ...(webhooksAt.length === 0 ? [] : [`webhooks after ${webhooksAt.join(" and ")}`]),
    ...(deployAt === undefined ? [] : [`deployed after ${deployAt}`]),
  ].join(", ");
}
