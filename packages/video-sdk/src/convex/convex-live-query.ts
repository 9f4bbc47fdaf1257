// One query of a Convex client as a LiveQuery: followed over the client's WebSocket, read once over HTTP. Knows no function of the app.
import { classifyConvexError } from "./classify-convex-error.ts";
import { isSocketClient, type ConvexClientLike } from "./convex-client-like.ts";
import type { QueryReference } from "./function-names.ts";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { CallResult, LiveQuery } from "../ports.ts";

type Query = Parameters<NonNullable<ConvexClientLike["query"]>>[0];
type Args = Record<string, unknown>;

/** A Convex client and its methods that follow a query. ConvexReactClient, ConvexClient and ConvexHttpClient fit as they are. */
export interface LiveConvexClient extends ConvexClientLike {
  /** ConvexReactClient's. */
  watchQuery?(
    reference: Query,
    ...args: [args: Args]
  ): { onUpdate(listener: () => void): () => void; localQueryResult(): unknown };
  /** ConvexClient's. */
  onUpdate?(
    reference: Query,
    args: Args,
    onAnswer: (answer: unknown) => unknown,
    onError?: (error: Error) => unknown,
  ): () => void;
}

/** A query, its client, and how its answer is read. */
export interface ConvexQuestion<T> {
  readonly client: LiveConvexClient;
  readonly reference: QueryReference;
  readonly args: Args;
  read(answer: unknown): CallResult<T>;
}

/** A Convex query as a {@link LiveQuery}. */
export function convexLiveQuery<T>(question: ConvexQuestion<T>): LiveQuery<T> {
  const { client, reference, args, read } = question;
  const failed = (thrown: unknown): CallResult<T> => refusal(convexReadError(thrown, client));
  const ask = async (): Promise<CallResult<T>> => {
    if (client.query === undefined) return refusal(NO_QUERY);
    try {
      return read(await client.query(reference, args));
    } catch (thrown) {
      return failed(thrown);
    }
  };
  if (client.watchQuery === undefined && client.onUpdate === undefined) return { read: ask };
  return {
    read: ask,
    follow(listener) {
      try {
        return watch(question, {
          onAnswer: (answer) => listener(read(answer)),
          onError: (thrown) => listener(failed(thrown)),
        });
      } catch (thrown) {
        // A closed client throws.
        listener(failed(thrown));
        return () => undefined;
      }
    },
  };
}

/** Why a query or the making of a session failed. Neither moves credits, so a plain refusal is not `settlement-failed`. */
export function convexReadError(thrown: unknown, client: ConvexClientLike): VideoErrorData {
  const { error } = classifyConvexError(thrown, isSocketClient(client));
  return error.code === "settlement-failed" ? videoErrorData("internal", { message: error.message }) : error;
}

const NO_QUERY = videoErrorData("not-configured", {
  message:
    "Sessions cannot be read: the client passed as `convex` has no query(). Pass a ConvexReactClient, ConvexClient or ConvexHttpClient.",
});

interface Callbacks {
  onAnswer(answer: unknown): void;
  onError(thrown: unknown): void;
}

function watch<T>({ client, reference, args }: ConvexQuestion<T>, callbacks: Callbacks): () => void {
  if (client.watchQuery === undefined) {
    return client.onUpdate?.(reference, args, callbacks.onAnswer, callbacks.onError) ?? (() => undefined);
  }
  const watched = client.watchQuery(reference, args);
  const look = (): void => {
    const answer = localAnswer(watched);
    if ("thrown" in answer) callbacks.onError(answer.thrown);
    else if (answer.value !== undefined) callbacks.onAnswer(answer.value);
  };
  const stop = watched.onUpdate(look);
  // The client may know the answer already, and then no update comes.
  look();
  return stop;
}

/** What the client knows: undefined before the first answer, `thrown` where the function refused. */
function localAnswer(watched: {
  localQueryResult(): unknown;
}): { readonly value: unknown } | { readonly thrown: unknown } {
  try {
    return { value: watched.localQueryResult() };
  } catch (thrown) {
    return { thrown };
  }
}

function refusal(error: VideoErrorData): Extract<CallResult<never>, { ok: false }> {
  return { ok: false, certainty: "not-done", error };
}
