// What a plan in a record looks like. Pure. Apart from the other states, because an engine that stores nothing asks this alone.
import type { CallNumbers, NumberedStep } from "./call-numbers.ts";
import type { ModelFacts } from "./model-facts.ts";
import {
  isStorableAmount as isAmount,
  isFlag,
  isStorableNumber as isNumber,
  isOneOf,
  isStorableText as isText,
  listOf,
  mapOf,
  maybe,
  objectOf,
  type Test,
} from "./shape-tests.ts";
import type { SentConstants } from "./model-facts.ts";
import type { GenerationPlan } from "./state.ts";

// Any model: the one that began it may be known from a catalogue that is not there any more, and what it holds must be settled all the same.
const isRequest = objectOf({ model: isText, prompt: (value) => typeof value === "string", mode: isText });
const isModelFacts = objectOf({
  label: isText,
  expectedMs: objectOf({ p50: isNumber, p95: isNumber }),
} satisfies Record<keyof ModelFacts, Test>);
const isNumberedStep = objectOf({
  firstAt: isNumber,
  argsHash: isNumber,
  refusals: isNumber,
} satisfies Record<keyof NumberedStep, Test>);

/** Whether a plan can be read back from a record. */
export const isPlan = objectOf({
  id: isText,
  request: isRequest,
  modelFacts: maybe(isModelFacts),
  credits: isAmount,
  sessionId: maybe(isText),
  isSessionOwn: maybe(isFlag),
  createdAt: isNumber,
  guarantee: isOneOf("exactly-once", "reconciled", "at-most-once"),
  isSubmitRepeatable: isFlag,
  showsRefund: maybe(isFlag),
  sent: maybe(
    objectOf({ label: isText, fields: listOf(isText, { min: 0 }) } satisfies Record<keyof SentConstants, Test>),
  ),
  isAdopted: maybe(isFlag),
  isReservedAnew: maybe(isFlag),
  calls: maybe(objectOf({ session: isText, steps: mapOf(isNumberedStep) } satisfies Record<keyof CallNumbers, Test>)),
} satisfies Record<keyof GenerationPlan, Test>);
