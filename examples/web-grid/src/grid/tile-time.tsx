// When a generation began, by the clock on the user's wall.
import { useSyncExternalStore, type ReactNode } from "react";

const TIME = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });

/** The time, or the day where it was not today. Empty where a server renders it, which does not know the user's time zone. */
export function TileTime({ at }: { readonly at: number }): ReactNode {
  const text = useSyncExternalStore(neverChanges, () => textOf(at), onServer);
  return <time dateTime={new Date(at).toISOString()}>{text}</time>;
}

const neverChanges = (): (() => void) => () => undefined;
const onServer = (): string => "";

function textOf(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? TIME.format(at) : DAY.format(at);
}
