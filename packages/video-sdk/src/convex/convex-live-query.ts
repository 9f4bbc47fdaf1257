// One query of a Convex client as a LiveQuery: followed over the client's WebSocket, asked once over HTTP. Does not know what it asks.
import { classifyConvexError } from "./classify-convex-error.ts";
import { isSocketClient, type ConvexClientLike } from "./convex-client-like.ts";
import type { QueryReference } from "./function-names.ts";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { CallResult, LiveQuery } from "../ports.ts";

type Query = Parameters<NonNullable<ConvexClientLike["query"]>>[0];
type Args = Record<string, unknown>;

/** A Convex client with its ways of following a query. ConvexReactClient, ConvexClient and ConvexHttpClient fit as they are. */
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

/** What is asked of whom, and how the answer is read. */
export interface ConvexQuestion<T> {
  readonly client: LiveConvexClient;
  readonly reference: QueryReference;
  readonly args: Args;
  read(answer: unknown): CallResult<T>;
}

/** The question as a {@link LiveQuery}. */
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
        // A client that was closed says so by throwing.
        listener(failed(thrown));
        return () => undefined;
      }
    },
  };
}

/** Why something could not be read, or a session not be made. Nothing here moves credits, so a plain refusal is no failed settlement. */
export function convexReadError(thrown: unknown, client: ConvexClientLike): VideoErrorData {
  const { error } = classifyConvexError(thrown, isSocketClient(client));
  return error.code === "settlement-failed" ? videoErrorData("internal", { message: error.message }) : error;
}

const NO_QUERY = videoErrorData("not-configured", {
  message:
    "Sessions cannot be read: the client passed as `convex` has no query(). Pass a ConvexReactClient, ConvexClient or ConvexHttpClient.",
});

interface Hearing {
  onAnswer(answer: unknown): void;
  onError(thrown: unknown): void;
}

function watch<T>({ client, reference, args }: ConvexQuestion<T>, hearing: Hearing): () => void {
  if (client.watchQuery === undefined) {
    return client.onUpdate?.(reference, args, hearing.onAnswer, hearing.onError) ?? (() => undefined);
  }
  const watched = client.watchQuery(reference, args);
  const look = (): void => {
    const answer = localAnswer(watched);
    if ("thrown" in answer) hearing.onError(answer.thrown);
    else if (answer.value !== undefined) hearing.onAnswer(answer.value);
  };
  const stop = watched.onUpdate(look);
  // Someone else may have asked it already, and then no update comes.
  look();
  return stop;
}

/** What the client has in hand: undefined while nothing has come, and thrown where the function refused. */
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
