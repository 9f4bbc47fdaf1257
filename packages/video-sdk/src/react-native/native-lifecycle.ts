// Tells when an app has to pause: in the background or without a network. Knows no generation and no timer.
import type { Lifecycle, PauseReason } from "../platform-ports.ts";
import type { AppStateModule, NetInfoModule } from "./native-modules.ts";

/** The modules that it reads. */
export interface NativeLifecycleModules {
  readonly AppState: AppStateModule;
  /** Left out: the app counts as online. */
  readonly NetInfo?: NetInfoModule | undefined;
}

/**
 * The lifecycle of an app. Only the state "background" pauses: "inactive" is what iOS reports under its control centre or a call. An unknown
 * network counts as online, also until NetInfo has answered for the first time, shortly after `subscribe`. Listens only while there are
 * subscribers.
 */
export function createNativeLifecycle({ AppState, NetInfo }: NativeLifecycleModules): Lifecycle {
  const looks = new Set<() => void>();
  let isOffline = false;
  let stop = (): void => undefined;

  const getPause = (): PauseReason | undefined => {
    if (isOffline) return "offline";
    return AppState.currentState === "background" ? "background" : undefined;
  };

  const lookAll = (): void => {
    for (const look of [...looks]) look();
  };

  const start = (): (() => void) => {
    const change = AppState.isAvailable === false ? undefined : AppState.addEventListener("change", lookAll);
    const stopNetInfo = NetInfo?.addEventListener(({ isConnected }) => {
      isOffline = isConnected === false;
      // It may call back while it is being subscribed to.
      void Promise.resolve().then(lookAll);
    });
    return () => {
      change?.remove();
      stopNetInfo?.();
      isOffline = false;
    };
  };

  return {
    getPause,
    subscribe(listener) {
      let last = getPause();
      const look = (): void => {
        const pause = getPause();
        if (pause === last) return;
        last = pause;
        listener();
      };
      looks.add(look);
      if (looks.size === 1) stop = start();
      return () => {
        if (looks.delete(look) && looks.size === 0) stop();
      };
    },
  };
}
