// The sessions on a narrow screen: a button, and a drawer.
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { useDialog } from "../ui/use-dialog.ts";
import { SessionList } from "./session-list.tsx";

/** Opens the sessions where there is no room for the sidebar. */
export function SessionDrawer(): ReactNode {
  const { ref, open, close, closeOnBackdrop } = useDialog();
  return (
    <>
      <button
        type="button"
        className="icon-button drawer-button"
        aria-haspopup="dialog"
        aria-label="Sessions"
        onClick={open}
      >
        <Icon name="menu" />
      </button>
      <dialog ref={ref} className="dialog drawer" aria-label="Sessions" onClick={closeOnBackdrop}>
        <div className="drawer-body">
          <button type="button" className="icon-button" aria-label="Close" onClick={close}>
            <Icon name="close" />
          </button>
          <SessionList onChosen={close} />
        </div>
      </dialog>
    </>
  );
}
