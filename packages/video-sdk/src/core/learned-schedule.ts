// When to ask about a job of a model whose last jobs are known. Pure. The best times of a few questions follow from how likely the job is to end
// at each moment: the next question is due when the integral of sqrt(hazard / (2 * price)) has grown by one (Keller, "Optimum checking
// schedules", 1974).

/** What a schedule is made from. Milliseconds. */
export interface LearnedSchedule {
  /** How long the last jobs of the model took, from the submit on. At least one. */
  readonly seenMs: readonly number[];
  /** The catalogue's estimate of the middle one. */
  readonly typicalMs: number;
}

/** A moment of one job. */
export interface JobMoment {
  readonly elapsedMs: number;
  /** Whether it was asked about before. */
  readonly wasAsked: boolean;
  /** 0 <= random < 1. */
  readonly random: number;
}

/** Seconds of mean delay that one question is worth: eight questions a job, and about three and a half seconds. */
const PRICE = 0.5;
/** The grid of times: seconds, each 3 % above the last, up to an hour. */
const [FIRST, RATIO, CELLS] = [1, 1.03, 278];
/** The first question is shifted by chance, within one question: jobs that were started together do not ask together. */
const [LEAST_SHIFT, SHIFT] = [0.1, 0.8];

const timeAt = (cell: number): number => FIRST * RATIO ** cell;

/** How long to wait for the next question of a job, in milliseconds: longest before the first, and without an upper bound. */
export function learnedWaitMs(schedule: LearnedSchedule, { elapsedMs, wasAsked, random }: JobMoment): number {
  const curve = curveOf(schedule);
  const elapsed = elapsedMs / 1_000;
  const reached = valueAt(curve, elapsed);
  const shift = LEAST_SHIFT + SHIFT * random;
  const due = wasAsked ? reached + 1 : Math.max(shift, reached);
  return Math.max(0, timeOf(curve, due) - elapsed) * 1_000;
}

/** The curves of the last schedules: the same list of durations is asked about many times. */
const known = new WeakMap<readonly number[], { readonly typicalMs: number; readonly curve: readonly number[] }>();

function curveOf({ seenMs, typicalMs }: LearnedSchedule): readonly number[] {
  const found = known.get(seenMs);
  if (found?.typicalMs === typicalMs) return found.curve;
  const curve = integrate(mixtureOf(seenMs, typicalMs));
  known.set(seenMs, { typicalMs, curve });
  return curve;
}

/** The part of the jobs that has ended before questions are held. */
const EARLY = 0.02;

/** By when the first jobs have ended, in milliseconds. */
export function earlyMs({ seenMs, typicalMs }: LearnedSchedule): number {
  const ended = endedBy(mixtureOf(seenMs, typicalMs));
  let cell = 0;
  while (cell < CELLS && ended(timeAt(cell)) < EARLY) cell++;
  return timeAt(cell) * 1_000;
}

/** One lognormal part of a mixture. Seconds. */
interface Part {
  readonly weight: number;
  readonly middle: number;
  readonly spread: number;
}

/** The last jobs, each blurred; the catalogue's estimate, which counts less with each of them; and a wide part for what was never seen. */
function mixtureOf(seenMs: readonly number[], typicalMs: number): readonly Part[] {
  const count = seenMs.length;
  const sorted = [...seenMs].sort((a, b) => a - b);
  const middleMs = sorted[count >> 1] ?? typicalMs;
  const spread = Math.max(0.06, 0.28 * count ** -0.35);
  return [
    { weight: 9 / (6 + count), middle: typicalMs / 1_000, spread: 0.4 },
    { weight: 0.5, middle: (2 * middleMs) / 1_000, spread: 0.7 },
    ...seenMs.map((ms) => ({ weight: 1, middle: ms / 1_000, spread })),
  ];
}

/** The part of the jobs that has ended by a time, in seconds. */
function endedBy(parts: readonly Part[]): (time: number) => number {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return (time) =>
    parts.reduce((sum, { weight, middle, spread }) => sum + weight * normal(Math.log(time / middle) / spread), 0) /
    total;
}

/** The number of questions that are due by each time of the grid. */
function integrate(parts: readonly Part[]): readonly number[] {
  const endedAt = endedBy(parts);
  const curve: number[] = [];
  let [before, due, last] = [0, 0, 0];
  for (let cell = 0; cell < CELLS; cell++) {
    const time = timeAt(cell);
    const ended = endedAt(time);
    const alive = 1 - (before + ended) / 2;
    const hazard = alive > 1e-6 ? (ended - before) / (time - last) / alive : 0;
    due += Math.sqrt(Math.max(0, hazard) / (2 * PRICE)) * (time - last);
    curve.push(due);
    [before, last] = [ended, time];
  }
  return curve;
}

/** The normal distribution, to a thousandth. */
function normal(x: number): number {
  const t = 1 / (1 + 0.33267 * Math.abs(x));
  const tail = 0.3989423 * Math.exp((-x * x) / 2) * t * (0.4361836 + t * (-0.1201676 + t * 0.937298));
  return x > 0 ? 1 - tail : tail;
}

function valueAt(curve: readonly number[], time: number): number {
  const place = Math.log(Math.max(time, FIRST) / FIRST) / Math.log(RATIO);
  const cell = Math.min(CELLS - 1, Math.floor(place));
  const [from, to] = [curve[cell] ?? 0, curve[cell + 1] ?? curve[cell] ?? 0];
  return from + (to - from) * Math.min(1, place - cell);
}

/** When the curve reaches a value; never, past its end. */
function timeOf(curve: readonly number[], value: number): number {
  const cell = curve.findIndex((due) => due >= value);
  if (cell < 0) return Number.POSITIVE_INFINITY;
  const [from, to] = [curve[cell - 1] ?? 0, curve[cell] ?? 0];
  return timeAt(cell - 1 + (to > from ? (value - from) / (to - from) : 1));
}
