// What a user reads of an error: the sentences of the table, or the app's own. Decides nothing: an app branches on codes.
import { isVideoErrorCode, VIDEO_ERRORS, videoErrorData, type VideoErrorCode, type VideoErrorData } from "./errors.ts";

/** What an app says in the place of the sentences of {@link VIDEO_ERRORS}, by code. */
export type VideoSentences = { readonly [Code in VideoErrorCode]?: VideoSentence | undefined };

/** A sentence, or a function that makes one. Where it returns no text, the error's own message is shown. */
export type VideoSentence = string | ((error: VideoErrorData) => string | undefined);

/** The sentence to show for an error, or for a code. */
export type SentenceOf = (error: VideoErrorData | VideoErrorCode) => string;

/** Creates a {@link SentenceOf}. What a function throws is given to `onFailed`, and the error's own message is shown. */
export function createSentenceOf(
  sentences: VideoSentences = {},
  onFailed: (cause: unknown) => void = () => undefined,
): SentenceOf {
  return (error) => {
    const data = typeof error === "string" ? videoErrorData(error) : error;
    const own = sentences[data.code];
    try {
      const said: unknown = typeof own === "function" ? own(data) : own;
      if (typeof said === "string") return said;
    } catch (cause) {
      onFailed(cause);
    }
    return data.message;
  };
}

/** The code whose sentence this is. A row of the grid has the sentence only. */
export function codeOfSentence(text: string): VideoErrorCode | undefined {
  return Object.keys(VIDEO_ERRORS)
    .filter(isVideoErrorCode)
    .find((code) => VIDEO_ERRORS[code].message === text);
}
