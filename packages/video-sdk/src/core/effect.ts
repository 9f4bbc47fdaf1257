// Everything a generation can ask of the world, as plain data. Types only: perform-effect.ts carries it out and decides nothing.
import type { Job, StoredFile } from "../ports.ts";
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import type { WaitKey } from "./event.ts";

/** A call that must not happen twice carries the key under which an exactly-once backend runs it once. */
interface Keyed {
  readonly key: string;
}

/** What is to be done. Ids and amounts are those the state names; nothing else is known to whoever performs it. */
export type Effect =
  | { readonly type: "upload-file"; readonly fileId: string; readonly stored?: StoredFile }
  | (Keyed & { readonly type: "acquire-slot"; readonly prompt: string })
  | (Keyed & { readonly type: "reserve-credits"; readonly credits: number })
  | (Keyed & { readonly type: "create-session"; readonly title: string })
  | (Keyed & {
      readonly type: "record-row";
      readonly sessionId: string;
      readonly slotId: string;
      readonly request: ResolvedVideoRequest;
      readonly credits: number;
    })
  | (Keyed & { readonly type: "submit-job"; readonly request: ResolvedVideoRequest })
  | { readonly type: "attach-job"; readonly rowId: string; readonly job: Job }
  | { readonly type: "check-status"; readonly job: Job; readonly model: ResolvedVideoRequest["model"] }
  | { readonly type: "cancel-job"; readonly job: Job; readonly model: ResolvedVideoRequest["model"] }
  | (Keyed & {
      readonly type: "save-row";
      readonly rowId: string;
      readonly videos: readonly string[];
      /** The row was marked as failed before. */
      readonly isLate: boolean;
      readonly completedAt: number;
    })
  | (Keyed & {
      readonly type: "mark-row-failed";
      readonly rowId: string;
      readonly message: string;
      readonly completedAt: number;
    })
  | (Keyed & { readonly type: "capture-credits"; readonly credits: number })
  | (Keyed & { readonly type: "release-credits"; readonly credits: number })
  | (Keyed & {
      readonly type: "close-slot";
      readonly slotId: string;
      readonly result:
        | { readonly status: "completed"; readonly videoUrl: string }
        | { readonly status: "failed"; readonly error: string };
    })
  | { readonly type: "wait"; readonly key: WaitKey; readonly until: number }
  | { readonly type: "stop-waiting" };

/** The name of an effect. */
export type EffectType = Effect["type"];
