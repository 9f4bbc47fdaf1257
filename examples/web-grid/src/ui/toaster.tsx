// Shows the notes, the newest in front.
import { Toast } from "@base-ui/react/toast";
import type { ReactNode } from "react";
import { WORDS } from "../words.ts";
import { Icon } from "./icon.tsx";

/** Takes notes from anywhere on the page. */
export const toasts = Toast.createToastManager();

/** Once on the page. */
export function Toaster(): ReactNode {
  return (
    <Toast.Provider toastManager={toasts} limit={2}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Notes />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Notes(): ReactNode {
  return Toast.useToastManager().toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Toast.Title className="toast-title" />
      <Toast.Close className="icon-button" aria-label={WORDS.toast.close}>
        <Icon name="close" />
      </Toast.Close>
    </Toast.Root>
  ));
}
