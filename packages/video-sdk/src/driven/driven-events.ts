// What happens to generations that run elsewhere, told in order and once: from the moment on in which it is followed.
import type { VideoEngineEvent } from "../engine/engine-event.ts";
import type { CallResult, LiveQuery } from "../ports.ts";

/** Events after a number, oldest first. */
export interface EventPage {
  /** The number to go on from. */
  readonly last: number;
  readonly events: readonly { readonly number: number; readonly event: VideoEngineEvent }[];
}

/** Follows them. */
export interface DrivenEvents {
  /** Begins, where it has not. What happened before is not told. */
  follow(): void;
  stop(): void;
}

/** As many as a page takes before the next one is followed from its end: a page is told again whole after each change. */
const TURN_AT = 50;

/** `after`: the page after a number, or without it the number of the last event. */
export function createDrivenEvents(
  after: (number: number | undefined) => LiveQuery<EventPage>,
  tell: (event: VideoEngineEvent) => void,
): DrivenEvents {
  let leave: (() => void) | undefined;
  let seen: number | undefined;

  const turn = (from: number | undefined): void => {
    leave?.();
    let isOver = false;
    const hear = (answer: CallResult<EventPage>): void => {
      if (isOver || !answer.ok) return;
      const { last, events } = answer.value;
      seen ??= last;
      for (const { number, event } of events) {
        if (number <= seen) continue;
        seen = number;
        tell(event);
      }
      if (from !== undefined && events.length < TURN_AT) return;
      isOver = true;
      turn(seen);
    };
    const left = after(from).follow?.(hear) ?? (() => undefined);
    // The first answer may have come within the call, and the next page be followed already.
    if (isOver) left();
    else leave = left;
  };

  return {
    follow() {
      if (leave === undefined) turn(undefined);
    },
    stop() {
      leave?.();
      leave = () => undefined;
    },
  };
}
