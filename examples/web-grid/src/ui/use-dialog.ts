// A native modal dialog: the browser keeps the focus inside and gives it back.
import { useCallback, useRef, type MouseEvent, type RefObject } from "react";

/** What a `<dialog>` and its opener need. */
export interface DialogControl {
  readonly ref: RefObject<HTMLDialogElement | null>;
  open(): void;
  close(): void;
  /** For the dialog's `onClick`: a click on its backdrop, which is the dialog itself, closes it. */
  closeOnBackdrop(event: MouseEvent<HTMLDialogElement>): void;
}

/** Opens and closes one dialog. */
export function useDialog(): DialogControl {
  const ref = useRef<HTMLDialogElement>(null);
  const open = useCallback(() => ref.current?.showModal(), []);
  const close = useCallback(() => ref.current?.close(), []);
  const closeOnBackdrop = useCallback((event: MouseEvent<HTMLDialogElement>) => {
    if (event.target === event.currentTarget) event.currentTarget.close();
  }, []);
  return { ref, open, close, closeOnBackdrop };
}
