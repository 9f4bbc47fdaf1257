// The least mean delay that any policy of plain questions can have with so many of them, where the distribution is known: "not yet" is the only
// other answer, so the best policy is a fixed list of times, and a dynamic programme finds it.

/** A point of the curve: questions per job, and mean delay in seconds. */
export interface BoundPoint {
  readonly questions: number;
  readonly delayS: number;
}

const PRICES = [0.03, 0.06, 0.12, 0.25, 0.5, 1, 2, 4];

/** The curve for these durations, from many questions to few. */
export function boundOf(durationsS: readonly number[]): readonly BoundPoint[] {
  const sorted = [...durationsS].sort((a, b) => a - b);
  const grid = gridOf(sorted);
  return PRICES.map((price) => best(grid, price));
}

interface Grid {
  readonly times: readonly number[];
  /** The part of the jobs that has ended by each time, and the sum of their durations over all jobs. */
  readonly ended: readonly number[];
  readonly sums: readonly number[];
}

function gridOf(sorted: readonly number[]): Grid {
  const middle = sorted[sorted.length >> 1] ?? 1;
  const longest = sorted.at(-1) ?? 1;
  const step = Math.max(0.2, middle / 300);
  const times = [0];
  for (let time = Math.max(step, (sorted[0] ?? 0) - step), gap = step; time < longest; time += gap) {
    times.push(time);
    if (time > 2.2 * middle) gap *= 1.012;
  }
  times.push(longest);
  const [ended, sums]: [number[], number[]] = [[], []];
  let [count, sum] = [0, 0];
  for (const time of times) {
    for (; (sorted[count] ?? Number.POSITIVE_INFINITY) <= time; count++) sum += sorted[count] ?? 0;
    ended.push(count / sorted.length);
    sums.push(sum / sorted.length);
  }
  return { times, ended, sums };
}

/** From the last time backwards: the next question is where its price, the delay until it and all that follows cost least. */
function best({ times, ended, sums }: Grid, price: number): BoundPoint {
  const at = (list: readonly number[], index: number): number => list[index] ?? 0;
  const last = times.length - 1;
  const [costs, questions, delays] = [0, 1, 2].map(() => Array.from(times, () => 0)) as [number[], number[], number[]]; // three lists
  for (let from = last - 1; from >= 0; from--) {
    const alive = 1 - at(ended, from);
    if (alive <= 0) continue;
    let [least, next] = [Number.POSITIVE_INFINITY, from + 1];
    const delayTo = (to: number): number =>
      at(times, to) * (at(ended, to) - at(ended, from)) - (at(sums, to) - at(sums, from));
    for (let to = from + 1; to <= last; to++) {
      const own = price * alive + delayTo(to);
      if (own > least) break;
      const cost = own + at(costs, to);
      if (cost < least) [least, next] = [cost, to];
    }
    costs[from] = least;
    questions[from] = alive + at(questions, next);
    delays[from] = delayTo(next) + at(delays, next);
  }
  return { questions: at(questions, 0), delayS: at(delays, 0) };
}

/** The delay of the curve at so many questions. */
export function delayAt(curve: readonly BoundPoint[], questions: number): number {
  const points = [...curve].sort((a, b) => a.questions - b.questions);
  const after = points.findIndex((point) => point.questions >= questions);
  const [low, high] = [points[after - 1], points[after]];
  if (low === undefined || high === undefined) return Number.NaN;
  const part = Math.log(questions / low.questions) / Math.log(high.questions / low.questions);
  return low.delayS * (high.delayS / low.delayS) ** part;
}
