// Checks that an engine settles the promises it returns (L6), and that canceling yields no free video (G13).
import type { VideoRequest } from "@video-engine/video-models";
import type { Generation } from "../../engine/generation-handle.ts";
import type { Findings } from "./checks.ts";
import type { Process } from "./interceptor.ts";
import type { WorldEngine } from "./tabs.ts";

/** Watches the promises of a world's engines. */
export interface PromiseWatch {
  /** The engine with its promises watched. */
  of(engine: WorldEngine, process: Process): WorldEngine;
  /** Checks that every promise is settled. Call it when nothing moves any more. */
  lookInCalm(): void;
}

/** Options of a watch. */
export interface PromiseWatchOptions {
  readonly findings: Findings;
  /** Called with every request before the engine gets it. */
  onRequest(request: VideoRequest): void;
}

interface Open {
  readonly what: string;
  readonly process: Process;
  /** Whether the promise need not settle any more. */
  isLetGo(): boolean;
}

/** Creates a watch. */
export function createPromiseWatch({ findings, onRequest }: PromiseWatchOptions): PromiseWatch {
  const open = new Set<Open>();

  const expect = (promise: Promise<unknown>, promised: Open): void => {
    open.add(promised);
    const settled = (): unknown => open.delete(promised);
    promise.then(settled, settled);
  };

  const of = (engine: WorldEngine, process: Process): WorldEngine => {
    const handles = new WeakMap<Generation, Generation>();
    let isDisposed = false;

    const watched = (handle: Generation): Generation => {
      const known = handles.get(handle);
      if (known !== undefined) return known;
      let isDetached = false;
      let isCanceled = false;
      const isLetGo = (): boolean => isDetached || isDisposed;
      expect(handle.outcome, { what: `the outcome of ${handle.id}`, process, isLetGo });
      handle.subscribe(() => {
        const { status, videos } = handle.getSnapshot();
        const isGift = status !== "running" && status !== "completed" && videos.length > 0;
        if (isGift && isCanceled && process.isAlive && !isLetGo()) {
          findings.note("G13", `${handle.id} was canceled, and is given its video uncharged`);
        }
      });
      const own: Generation = {
        ...handle,
        cancel() {
          isCanceled ||= isInTime(handle);
          const outcome = handle.cancel();
          expect(outcome, { what: `cancel() of ${handle.id}`, process, isLetGo });
          return outcome;
        },
        detach() {
          isDetached = true;
          handle.detach();
        },
      };
      handles.set(handle, own);
      return own;
    };

    return {
      ...engine,
      generate(request, options) {
        onRequest(request);
        return watched(engine.generate(request, options));
      },
      get(id) {
        const handle = engine.get(id);
        return handle && watched(handle);
      },
      resume() {
        const resumed = engine.resume().then((found) => found.map(watched));
        expect(resumed, { what: "resume()", process, isLetGo: () => false });
        return resumed;
      },
      reconcile() {
        const reconciled = engine.reconcile();
        expect(reconciled, { what: "reconcile()", process, isLetGo: () => isDisposed });
        return reconciled;
      },
      dispose() {
        isDisposed = true;
        engine.dispose();
      },
    };
  };

  return {
    of,
    lookInCalm() {
      for (const { what, process, isLetGo } of open) {
        if (process.isAlive && !isLetGo()) findings.note("L6", `${what} is never settled`);
      }
    },
  };
}

/** While settling it is too late to cancel. A job that is only watched can still be canceled, until its video is there. */
function isInTime(handle: Generation): boolean {
  const { phase, videos } = handle.getSnapshot();
  return phase !== "saving" && phase !== "settling" && videos.length === 0;
}
