// How long jobs take: invented, in the shape that providers have. A generation time of its own for each model, one job in ten slow, one in fifty
// far out, and queues that come in bursts. Deterministic for a seed.

/** One model. Seconds. */
export interface ModelTimes {
  readonly id: string;
  readonly leastS: number;
  readonly middleS: number;
  readonly spread: number;
  /** What a catalogue says of it, as a part of the truth: it is wrong on purpose. */
  readonly estimate: number;
}

/** Six models, from the fastest to the slowest. */
export const MODEL_TIMES: readonly ModelTimes[] = [
  { id: "lucy", leastS: 6, middleS: 14, spread: 0.28, estimate: 1.35 },
  { id: "wan-fast", leastS: 15, middleS: 40, spread: 0.25, estimate: 0.75 },
  { id: "veo-fast", leastS: 35, middleS: 70, spread: 0.22, estimate: 1.25 },
  { id: "veo", leastS: 50, middleS: 115, spread: 0.24, estimate: 0.8 },
  { id: "kling", leastS: 70, middleS: 175, spread: 0.26, estimate: 1.4 },
  { id: "sora", leastS: 90, middleS: 270, spread: 0.28, estimate: 0.7 },
];

/** 0 <= random() < 1, from a seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The durations of the next jobs of a model, in seconds. */
export function createJobs({ leastS, middleS, spread }: ModelTimes, random: () => number): () => number {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const lognormal = (middle: number, sigma: number): number => middle * Math.exp(sigma * normal());
  let isBurst = random() < 0.15;
  return () => {
    isBurst = isBurst ? random() >= 1 / 30 : random() < 1 / 170;
    const place = random();
    const slower = place < 0.02 ? lognormal(3, 0.5) : place < 0.12 ? 1.6 : 1;
    const queue = isBurst ? lognormal(0.6 * middleS, 0.7) : -1.5 * Math.log(1 - random());
    return Math.min(3_600, queue + (leastS + lognormal(middleS - leastS, spread)) * slower);
  };
}
