// The app's Convex functions behind Convex's HTTP API, as msw answers it: for the real ConvexHttpClient. In memory, in the three kinds of
// examples/convex, and as silent as in production: unknown arguments are rejected, amounts are not idempotent, slots and credits run out.
import { http, HttpResponse, type RequestHandler } from "msw";
import * as z from "zod/mini";
import { imbalancesOf, type FakeBooks } from "../../src/testing/fake-books.ts";

/** Where the functions are. */
export const CONVEX_URL = "https://happy-otter-123.convex.cloud";

/** One call that arrived. */
export interface FunctionCall {
  readonly name: string;
  readonly args: unknown;
}

/** The functions, their books, and how to break them. */
export interface AppBackend {
  readonly books: FakeBooks;
  /** Every call that arrived, in order. */
  readonly calls: readonly FunctionCall[];
  readonly handlers: readonly RequestHandler[];
  /** What is out of balance, as sentences. */
  imbalances(): readonly string[];
  /** The next call of a function is answered with this; it runs first where `isRun` says so. */
  breakNext(name: string, fault: { answer: () => Response; isRun: boolean }): void;
}

/** Which arguments the functions take: those of the shipped clients, those of the plan, or an operation id beside these. */
export type BackendKind = "as-deployed" | "as-planned" | "with-operation-ids";

/** Every kind. */
export const BACKEND_KINDS: readonly BackendKind[] = ["as-deployed", "as-planned", "with-operation-ids"];

const STATUS_FUNCTION_FAILED = 560;
const message = z.object({ path: z.string(), args: z.tuple([z.unknown()]) });

/** What a user starts with, and the kind of the functions. */
export interface AppBackendOptions {
  readonly credits?: number | undefined;
  readonly slots?: number | undefined;
  readonly kind?: BackendKind | undefined;
}

/** A user with credits, and slots to spend them in. */
export function createAppBackend({
  credits = 1_000,
  slots = 3,
  kind = "as-planned",
}: AppBackendOptions = {}): AppBackend {
  const books: FakeBooks = {
    credits,
    reserved: 0,
    captured: 0,
    released: 0,
    refusedSettlements: 0,
    mismatchedRepeats: 0,
    slots: [],
    sessions: [],
    rows: [],
  };
  const calls: FunctionCall[] = [];
  const faults = new Map<string, { answer: () => Response; isRun: boolean }[]>();
  const taking = takingFor(kind);
  const functions = {
    ...slotFunctions(books, slots, taking),
    ...creditFunctions(books, taking),
    ...sessionFunctions(books, taking),
  };

  const run = ({ name, args }: FunctionCall): Response => {
    const wanted = functions[name];
    return wanted === undefined ? thrown() : wanted(args);
  };

  const mutation = http.post(`${CONVEX_URL}/api/mutation`, async ({ request }) => {
    const { path, args } = message.parse(await request.json());
    const call = { name: path, args: args[0] };
    calls.push(call);
    const fault = faults.get(path)?.shift();
    if (fault === undefined) return run(call);
    if (fault.isRun) run(call);
    return fault.answer();
  });

  return {
    books,
    calls,
    handlers: [mutation],
    imbalances: () => imbalancesOf(books, credits),
    breakNext: (name, fault) => void faults.set(name, [...(faults.get(name) ?? []), fault]),
  };
}

type Functions = Readonly<Record<string, (args: unknown) => Response>>;

function slotFunctions({ slots }: FakeBooks, limit: number, taking: Taking): Functions {
  return {
    "generations:acquireGenerationSlot": taking({ type: z.literal("video"), prompt: z.string() }, () => {
      const active = slots.filter(({ status }) => status === "active").length;
      if (active >= limit) return { ok: false, reason: "limit_reached", limit, active };
      const id = `slot-${slots.length + 1}`;
      slots.push({ id, status: "active" });
      return { ok: true, generationId: id };
    }),
    "generations:updateGenerationStatus": taking(
      {
        generationId: z.string(),
        status: z.enum(["completed", "failed"]),
        videoUrl: z.optional(z.string()),
      },
      ({ generationId, status }) => {
        found(slots, generationId).status = status;
        return null;
      },
      { error: z.optional(z.string()) },
    ),
  };
}

function creditFunctions(books: FakeBooks, taking: Taking): Functions {
  const amount = { amount: z.int().check(z.positive()) };
  const settle = (spent: number, as: "captured" | "released") => {
    if (spent > books.reserved) {
      books.refusedSettlements++;
      throw new Error(`${spent} credits are not reserved`);
    }
    books.reserved -= spent;
    books[as] += spent;
    if (as === "captured") books.credits -= spent;
    return null;
  };
  return {
    "users:reserveCredits": taking(amount, ({ amount: wanted }) => {
      if (wanted > books.credits - books.reserved) return { success: false, message: "You have too few credits." };
      books.reserved += wanted;
      return { success: true };
    }),
    "users:captureReservedCredits": taking(amount, ({ amount: spent }) => settle(spent, "captured")),
    "users:releaseReservedCredits": taking(amount, ({ amount: spent }) => settle(spent, "released")),
  };
}

function sessionFunctions({ sessions, rows }: FakeBooks, taking: Taking): Functions {
  const videos = z.array(z.string());
  const newRow = {
    sessionId: z.string(),
    type: z.literal("video"),
    prompt: z.string(),
    model: z.string(),
    modelLabel: z.string(),
    aspectRatio: z.string(),
    isLoading: z.literal(true),
    concurrencySlotId: z.string(),
  };
  const moreOfNewRow = {
    videos: z.optional(videos),
    creditsUsed: z.optional(z.number()),
    externalRequestId: z.optional(z.string()),
    providerEndpoint: z.optional(z.string()),
    sourceImage: z.optional(z.string()),
    removeWatermark: z.optional(z.boolean()),
  };
  const rowChange = {
    generationId: z.string(),
    isLoading: z.boolean(),
    videos: z.optional(videos),
    previewImage: z.optional(z.string()),
    completedAt: z.optional(z.number()),
    error: z.optional(z.string()),
  };
  return {
    "sessions:createSession": taking(
      { title: z.string(), type: z.literal("video") },
      ({ title }) => {
        sessions.push({ id: `session-${sessions.length + 1}`, title });
        return `session-${sessions.length}`;
      },
      { forceNew: z.optional(z.boolean()) },
    ),
    "sessions:addGenerationToSession": taking(
      newRow,
      ({ sessionId, concurrencySlotId, creditsUsed = 0, ...given }) => {
        const id = `row-${rows.length + 1}`;
        const row = { id, sessionId, slotId: concurrencySlotId, credits: creditsUsed, createdAt: 0 };
        rows.push({ ...row, model: given.model, prompt: given.prompt, isLoading: true, videos: [] });
        return id;
      },
      moreOfNewRow,
    ),
    "sessions:updateGeneration": taking(
      rowChange,
      ({ generationId, isLoading, videos: urls, error, externalRequestId, refunded }) => {
        const row = found(rows, generationId);
        row.isLoading = isLoading;
        if (urls !== undefined) row.videos = urls;
        if (error !== undefined) row.error = error;
        if (externalRequestId !== undefined) row.externalRequestId = externalRequestId;
        if (refunded !== undefined) row.isRefunded = refunded;
        return null;
      },
      { externalRequestId: z.optional(z.string()), refunded: z.optional(z.boolean()) },
    ),
  };
}

type Shape = z.core.$ZodShape;
type Given<Of extends Shape> = z.output<z.ZodMiniObject<Of>>;

/** A function with these arguments, and with `more` where its kind takes what is planned. */
type Taking = <Known extends Shape, More extends Shape = Record<never, never>>(
  known: Known,
  run: (args: Given<Known> & Partial<Given<More>>) => unknown,
  more?: More,
) => Functions[string];

/** As on Convex, an argument that is not declared is an error. With an operation id what was returned is returned again. */
function takingFor(kind: BackendKind): Taking {
  const returned = new Map<string, unknown>();
  const once = (operationId: unknown, run: () => unknown): unknown => {
    if (typeof operationId !== "string") return run();
    if (!returned.has(operationId)) returned.set(operationId, run());
    return returned.get(operationId);
  };
  return (known, run, more) => {
    const planned = kind === "as-deployed" ? known : { ...known, ...more };
    const args = z.strictObject(
      kind === "with-operation-ids" ? { ...planned, operationId: z.optional(z.string()) } : planned,
    );
    return (given) => {
      const parsed = args.safeParse(given);
      if (!parsed.success) return thrown();
      const { operationId, ...read } = parsed.data as Record<string, unknown>;
      try {
        // Just parsed by the schemas of these very types.
        const value = once(operationId, () => run(read as Parameters<typeof run>[0]));
        return HttpResponse.json({ status: "success", value, logLines: [] });
      } catch {
        return thrown();
      }
    };
  };
}

/** What a production deployment says of every error. */
function thrown(): Response {
  const errorMessage = "[Request ID: 1a2b3c4d] Server Error";
  return HttpResponse.json({ status: "error", errorMessage, logLines: [] }, { status: STATUS_FUNCTION_FAILED });
}

function found<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const item = list.find((candidate) => candidate.id === id);
  if (item === undefined) throw new Error(`${id} is not there`);
  return item;
}
