// Takes what the routes tell, and makes events of it that fit for a log. The one way to the app's listener.
import { isVideoError, videoErrorData } from "../errors.ts";
import { loggedError } from "../logged-error.ts";
import type { Clock } from "../platform-ports.ts";
import { toErrorData } from "./error-response.ts";
import { loggedCause } from "./logged-cause.ts";
import type { EventSink, ToldEvent, VideoServerEvent, VideoServerListener } from "./server-event.ts";

/** The way to a listener. Without one, what is wrong with the settings goes to the console. */
export function createEventSink(listener: VideoServerListener | undefined, clock: Pick<Clock, "now">): EventSink {
  const hear = listener ?? createSettingsAlarm();
  return (told, known) => {
    new Promise((resolve) => resolve(hear(eventOf(told, { at: clock.now(), known })))).catch(() => undefined);
  };
}

/**
 * Tells each fault of the settings once. A user is told of no setting, so without this a newcomer would see a 500 and no word about it.
 */
function createSettingsAlarm(): VideoServerListener {
  const told = new Set<string>();
  return (event) => {
    if (event.type !== "request-failed" || event.error.code !== "not-configured") return;
    const { message } = event.error;
    if (told.has(message)) return;
    told.add(message);
    // oxlint-disable-next-line no-console -- no other sink was given
    console.error(`video-engine: ${message} (Pass \`onEvent\` to createVideoRoutes to log this yourself.)`);
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
