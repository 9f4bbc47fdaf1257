// Keeps something going for as long as anybody listens. Knows nothing of what that is.

/** The way to listen, as `useSyncExternalStore` takes it. Gives back the way to stop. */
export type Subscribe = (listener: () => void) => () => void;

/** `subscribe`, with `start` run before the first listener hears anything and what it gave back run after the last one has left. */
export function whileSubscribed(subscribe: Subscribe, start: () => () => void): Subscribe {
  let listeners = 0;
  let stop: () => void = () => undefined;
  return (listener) => {
    const leave = subscribe(listener);
    if (listeners++ === 0) stop = start();
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      leave();
      if (--listeners === 0) stop();
    };
  };
}

/** One way to listen to several things. */
export function subscribeToAll(all: readonly Subscribe[]): Subscribe {
  return (listener) => {
    const leave = all.map((subscribe) => subscribe(listener));
    return () => {
      for (const each of leave) each();
    };
  };
}
