// Whether something that is loaded when it is first opened is open.
import { useCallback, useState } from "react";

/** What opens and closes it. */
export interface Opened {
  readonly isOpen: boolean;
  /** True from the first opening on: what was loaded stays, so that it can close by itself. */
  readonly wasOpened: boolean;
  open(): void;
  close(): void;
}

/** Closed at first. */
export function useOpened(): Opened {
  const [state, setState] = useState({ isOpen: false, wasOpened: false });
  const open = useCallback(() => setState({ isOpen: true, wasOpened: true }), []);
  const close = useCallback(() => setState({ isOpen: false, wasOpened: true }), []);
  return { ...state, open, close };
}
