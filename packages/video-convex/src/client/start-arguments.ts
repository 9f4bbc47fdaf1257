// From what a client asks for to what the component starts: checked, priced, and with the app's functions as handles.
import { planRequest } from "@video-engine/video-sdk/adapters";
import { videoErrorData } from "@video-engine/video-sdk/core";
import { quoteVideo, type VideoRequest } from "@video-engine/video-models";
import { createFunctionHandle, makeFunctionReference, type FunctionReference } from "convex/server";
import { convexToJson, type Value } from "convex/values";
import { now } from "../component/model/moment.ts";
import { refusal, refusalOf } from "../component/model/refusal.ts";
import type { Settings } from "../component/model/settings.ts";
import { checkId, checkWhole } from "./check-caller.ts";
import type { GenerateArguments, MutationCtx, SignedInUser } from "./functions.ts";
import type { GenerateLimits, VideoGenerationsOptions } from "./options.ts";

const MOST_CONCURRENT = 3;
const RATE_LIMITS = { perMinute: 10, perHour: 60 };

/** What a start is recognised by when it is repeated: whose it is, its id, and what it asks for. */
export function startKey({ userId }: SignedInUser, { id, request, sessionId }: GenerateArguments) {
  checkId(id);
  // Sorted, so that the order of a client's fields says nothing. The price that the user was told is not part of it.
  return { userId, key: id, asked: JSON.stringify(convexToJson({ request, sessionId } as Value)) }; // it came as a Convex value
}

/** The arguments of the component's `start`. Throws a refusal for what must not begin. */
export async function startArguments(
  ctx: MutationCtx,
  { maxConcurrent }: SignedInUser,
  { asked, options }: { readonly asked: GenerateArguments; readonly options: VideoGenerationsOptions },
) {
  const { credits } = asked;
  checkWhole("maxConcurrent", options.maxConcurrent);
  const { rateLimits = RATE_LIMITS } = options;
  for (const [name, value] of Object.entries(rateLimits === false ? {} : rateLimits))
    checkWhole(`rateLimits.${name}`, value as number);
  const plan = planOf(asked, options);
  if (credits !== undefined && credits !== plan.credits) {
    const message = `This video costs ${plan.credits} credits, and the user was told ${credits}.`;
    throw refusal("price-changed", message, { credits: plan.credits });
  }
  return {
    plan: JSON.stringify(plan),
    settings: await settingsOf(ctx, options, maxConcurrent ?? options.maxConcurrent ?? MOST_CONCURRENT),
    ...(rateLimits === false ? {} : { rateLimits: definedOf(rateLimits) }),
  };
}

function planOf({ id, request, sessionId }: GenerateArguments, options: VideoGenerationsOptions) {
  if (typeof request === "object" && request !== null && "attachmentImageBytes" in request) {
    const message =
      "attachmentImageBytes cannot be kept. Upload the image, and send its https URL as attachmentImageUrl.";
    throw refusal("invalid-request", message, { issues: [{ path: "attachmentImageBytes", message }] });
  }
  const taken = { request: request as VideoRequest, files: [], issues: [] }; // checked by `planRequest`
  const planned = planRequest(taken, {
    ...{ id, sessionId, createdAt: now(), guarantee: "exactly-once", isSubmitRepeatable: false },
    showsRefund: options.grid !== undefined && takesRefunds(options) ? true : undefined,
    ...{ quote: options.pricing?.quoteVideo ?? quoteVideo, registry: options.registry },
  });
  if ("error" in planned) throw refusalOf(planned.error);
  return planned.plan;
}

function takesRefunds({ backend: { fields = [] } = {} }: VideoGenerationsOptions): boolean {
  return fields === "all" || fields.includes("refunded");
}

/** The settings to keep with the generation. */
async function settingsOf(
  ctx: MutationCtx,
  options: VideoGenerationsOptions,
  maxConcurrent: number,
): Promise<Settings> {
  const { books, slots, grid, backend, polling, firstFrame } = options;
  if (grid !== undefined && slots === undefined) {
    throw refusalOf(videoErrorData("not-configured", { message: "grid needs slots: a row names the app's slot." }));
  }
  const { name } = await ctx.meta.getFunctionMetadata();
  // Its neighbour: the functions are exported together.
  const perform = makeFunctionReference<"action">(`${name.split(":")[0]}:perform`);
  const functions = {
    perform: await createFunctionHandle(perform),
    ...(books && { books: await handlesOf(books, BOOKS) }),
    ...(slots && { slots: await handlesOf(slots, SLOTS) }),
    ...(grid && { grid: await handlesOf(grid, GRID) }),
  };
  return {
    functions,
    maxConcurrent,
    ...(backend && { backend: backendOf(backend) }),
    ...(polling && { polling: JSON.stringify(polling) }),
    ...(firstFrame && { makesPosters: true }),
  };
}

/** Every field that there is, where the app says `all`: a handle cannot be asked. */
function backendOf({
  fields,
  videosAs,
}: NonNullable<VideoGenerationsOptions["backend"]>): NonNullable<Settings["backend"]> {
  const list = fields === "all" ? ALL_FIELDS : fields;
  return { ...(list && { fields: [...list] }), ...(videosAs && { videosAs }) };
}

const ALL_FIELDS = [
  ...["creditsUsed", "externalRequestId", "videos", "slotError"],
  ...["sourceImage", "removeWatermark", "refunded"],
];

function definedOf({ perMinute, perHour }: GenerateLimits): { perMinute?: number; perHour?: number } {
  return { ...(perMinute !== undefined && { perMinute }), ...(perHour !== undefined && { perHour }) };
}

const BOOKS = ["reserveCredits", "captureReservedCredits", "releaseReservedCredits"] as const;
const SLOTS = ["acquireGenerationSlot", "updateGenerationStatus"] as const;
const GRID = ["createSession", "addGenerationToSession", "updateGeneration"] as const;

/** By name: a generated `internal` cannot be listed. */
async function handlesOf<Name extends string>(
  references: Readonly<Record<Name, FunctionReference<"mutation", "internal">>>,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const handles = names.map(async (name) => [name, await createFunctionHandle(references[name])] as const);
  const made: Record<string, string> = Object.fromEntries(await Promise.all(handles));
  return made as Record<Name, string>; // the same names
}
