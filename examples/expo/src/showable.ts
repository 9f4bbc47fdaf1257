// Where a file can be seen. The same as its URL, but for the demo's bucket, whose name only its own pages can look up.
import { createContext, useContext } from "react";

/** Turns a public URL into one that can be loaded here. */
export const ShowableContext = createContext((url: string): string => url);

/** The way to turn URLs. */
export function useShowable(): (url: string) => string {
  return useContext(ShowableContext);
}
