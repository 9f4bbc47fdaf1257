// Takes what the routes tell, and makes events of it that fit for a log. The one way to the app's listener.
import { isVideoError, videoErrorData } from "../errors.ts";
import { loggedError } from "../logged-error.ts";
import type { Clock } from "../ports.ts";
import { toErrorData } from "./error-response.ts";
import { loggedCause } from "./logged-cause.ts";
import type { EventSink, ToldEvent, VideoServerEvent, VideoServerListener } from "./server-event.ts";

/** The way to a listener. Undefined without one. */
export function createEventSink(
  listener: VideoServerListener | undefined,
  clock: Pick<Clock, "now">,
): EventSink | undefined {
  if (listener === undefined) return undefined;
  return (told, known) => {
    new Promise((resolve) => resolve(listener(eventOf(told, { at: clock.now(), known })))).catch(() => undefined);
  };
}

interface Telling {
  readonly at: number;
  readonly known: readonly string[] | undefined;
}

function eventOf(told: ToldEvent, { at, known }: Telling): VideoServerEvent {
  const { type, ...rest } = told;
  const error = "error" in told ? told.error : undefined;
  const beneath: unknown =
    ("cause" in told ? told.cause : undefined) ?? (isVideoError(error) ? (error.cause ?? error) : undefined);
  const logged = {
    type,
    at,
    ...rest,
    ...(error === undefined
      ? {}
      : {
          error: loggedError(isVideoError(error) ? toErrorData(error) : (error ?? videoErrorData("internal")), known),
        }),
    ...(beneath === undefined ? {} : { cause: loggedCause(beneath, known) }),
  };
  // The members of each event are those of its telling, with the two above in their logged form.
  return logged as unknown as VideoServerEvent;
}
