// Everything that is measured, in the order of the table.
import type { Contender } from "./contender.ts";
import { handWrittenLoop, handWrittenSaga } from "./hand-written.ts";
import { ours } from "./ours.ts";
import { aiSdk, falSubscribe, replicateRun } from "./peers.ts";

/** All of them. */
export const CONTENDERS: readonly Contender[] = [
  handWrittenLoop,
  replicateRun,
  falSubscribe,
  aiSdk,
  handWrittenSaga,
  ours,
];
