// What every video API must do, as plain cases that any test runner can run. Imports no test runner.
import { resolveVideoRequest, type ResolvedVideoRequest } from "@video-engine/video-models";
import { casesOf, expectSame, joinChecks, type ContractCase, type LostCall } from "./contract-case.ts";
import { createApiChecks, type ApiChecks, type VideoApiUnderTest } from "./video-api-checks.ts";

/** How to reach a video API, and what it promises. */
export interface VideoApiContractOptions {
  /** A video API over a provider that has no job yet, and whose jobs take their time. Called once for each case. */
  readonly open: () => VideoApiUnderTest | Promise<VideoApiUnderTest>;
  /** Whether a submit may be repeated under its key. */
  readonly isSubmitRepeatable: boolean;
  /** What is submitted. Default: 8 s of a corgi by Veo 3.1 Fast. */
  readonly request?: ResolvedVideoRequest | undefined;
  /** The ways in which `failNext` can lose a call. Default: none, and lost calls are not checked. */
  readonly faults?: readonly LostCall[] | undefined;
  /** Whether `onNextArrival` can tell that a submit has arrived. Default false: that a sent one goes on is not checked. */
  readonly seesArrivals?: boolean | undefined;
}

/** The rules of a VideoApi: with vitest `test.each(cases)("$name", ({ run }) => run())`. */
export function videoApiContract(options: VideoApiContractOptions): readonly ContractCase[] {
  const { open, isSubmitRepeatable, faults = [], seesArrivals = false } = options;
  const groups = createApiChecks(options.request ?? corgi());
  const promises: ApiChecks = {
    "it says whether a submit may be repeated": async ({ api }) => {
      expectSame(api.isSubmitRepeatable, isSubmitRepeatable, "isSubmitRepeatable");
    },
  };
  const checks = [promises, groups.every, ...faults.map((fault) => groups[fault])];
  if (isSubmitRepeatable) checks.push(groups.repeatable);
  if (seesArrivals) checks.push(groups.arrivals);
  return casesOf(joinChecks(checks), open);
}

function corgi(): ResolvedVideoRequest {
  return resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 }).request;
}
