// Which way of sending fits the runtime.
import type { PutFile } from "../ports.ts";
import { putWithFetch } from "./put-with-fetch.ts";
import { putWithXhr } from "./put-with-xhr.ts";

/** Puts by XMLHttpRequest where there is one, else by fetch. Decided when a file is sent. */
export function defaultPut(): PutFile {
  const byXhr = putWithXhr();
  const byFetch = putWithFetch();
  return (input) => (typeof XMLHttpRequest === "function" ? byXhr : byFetch)(input);
}
