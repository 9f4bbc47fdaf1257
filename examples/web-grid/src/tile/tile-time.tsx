// When a generation began, by the clock on the user's wall.
import { useSyncExternalStore, type ReactNode } from "react";
import { timeText } from "../words.ts";

/** The time, or the day where it was not today. Empty where a server renders it, which does not know the user's time zone. */
export function TileTime({ at }: { readonly at: number }): ReactNode {
  const text = useSyncExternalStore(neverChanges, () => timeText(at), onServer);
  return <time dateTime={new Date(at).toISOString()}>{text}</time>;
}

const neverChanges = (): (() => void) => () => undefined;
const onServer = (): string => "";
