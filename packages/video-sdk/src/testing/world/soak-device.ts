// A user's device in a soak: one process after the other over one stage.
import type { VideoRequest } from "@video-engine/video-models";
import type { Process } from "./interceptor.ts";
import type { Stage } from "./stage.ts";

/** A device. */
export interface SoakDevice {
  /** Opens the app if it is not running, and starts a generation. */
  start(request: VideoRequest): void;
  /** Opens the app if it is not running, and resumes what is left. */
  look(): void;
  /** Cancels the newest generation, if the app is running. */
  cancel(): void;
  /** Whether the app is running a generation. */
  isBusy(): boolean;
  unresolved(): ReadonlySet<string>;
  close(): void;
}

const USER = "user";

/** Creates a device whose app was just opened. */
export function createSoakDevice(stage: Pick<Stage, "openEngine">): SoakDevice {
  const openIn = (process: Process): { process: Process; engine: ReturnType<Stage["openEngine"]> } => ({
    process,
    engine: stage.openEngine(process, USER),
  });
  let app = openIn({ isAlive: true });

  const opened = (): (typeof app)["engine"] => {
    if (!app.process.isAlive) {
      app.engine.dispose();
      app = openIn({ isAlive: true });
      void app.engine.resume();
    }
    return app.engine;
  };

  return {
    start: (request) => void opened().generate(request),
    look: () => void opened().resume(),
    cancel() {
      const [newest] = app.engine.list();
      if (app.process.isAlive && newest !== undefined) void app.engine.get(newest.id)?.cancel();
    },
    isBusy: () => app.process.isAlive && app.engine.list().some(({ status }) => status === "running"),
    unresolved: () => new Set(app.engine.unresolved().map(({ id }) => id)),
    close: () => app.engine.dispose(),
  };
}
