// Where a file can be seen. The same as its URL, but for the simulated bucket, which has no certificate.
import { createContext, useContext } from "react";

/** Turns a public URL into one that this browser can load. */
export const ShowableContext = createContext((url: string): string => url);

/** The way to turn URLs. */
export function useShowable(): (url: string) => string {
  return useContext(ShowableContext);
}
