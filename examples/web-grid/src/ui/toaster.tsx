// Shows the notes, the newest in front.
import { Toast } from "@base-ui/react/toast";
import { useEffect, type ReactNode } from "react";
import { WORDS } from "../words.ts";
import { Icon } from "./icon.tsx";
import { tookNotes, useWaitingNotes } from "./notify.ts";

/** Once on the page. */
export function Toaster(): ReactNode {
  return (
    <Toast.Provider limit={2} timeout={5_000}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Notes />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Notes(): ReactNode {
  const { toasts, add } = Toast.useToastManager();
  const waiting = useWaitingNotes();
  useEffect(() => {
    if (waiting.length === 0) return;
    for (const title of waiting) add({ title });
    tookNotes();
  }, [waiting, add]);
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Toast.Title className="toast-title" />
      <Toast.Close className="icon-button" aria-label={WORDS.toast.close}>
        <Icon name="close" />
      </Toast.Close>
    </Toast.Root>
  ));
}
