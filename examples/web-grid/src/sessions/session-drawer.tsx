// The sessions on a narrow screen: a button, and a drawer.
import { lazy, Suspense, useRef, type ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { useOpened } from "../ui/use-opened.ts";
import { WORDS } from "../words.ts";
import { SessionList } from "./session-list.tsx";

const Dialog = lazy(async () => ({ default: (await import("../ui/dialog.tsx")).Dialog }));

/** Opens the sessions where there is no room for the sidebar. */
export function SessionDrawer(): ReactNode {
  const { isOpen, wasOpened, open, close } = useOpened();
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="icon-button drawer-button"
        aria-haspopup="dialog"
        aria-label={WORDS.sessions.name}
        onClick={open}
      >
        <Icon name="menu" />
      </button>
      {wasOpened && (
        <Suspense fallback={null}>
          <Dialog isOpen={isOpen} onClose={close} title={WORDS.sessions.name} className="drawer" finalFocus={opener}>
            <button type="button" className="icon-button" aria-label={WORDS.large.close} onClick={close}>
              <Icon name="close" />
            </button>
            <SessionList onChosen={close} />
          </Dialog>
        </Suspense>
      )}
    </>
  );
}
