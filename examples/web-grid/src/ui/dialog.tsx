// A modal dialog: the focus stays inside and returns to what opened it, Escape and the backdrop close it.
import { Dialog as Parts } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Its name for screen readers; shown where `titleClass` is given. */
  readonly title: string;
  readonly titleClass?: string;
  readonly className: string;
  /** What gets the focus at first. Default: the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  /** What gets the focus when it closes. Default: what had it before. */
  readonly finalFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** The frame of every dialog of the page. */
export function Dialog(props: Props): ReactNode {
  const {
    isOpen,
    onClose,
    title,
    titleClass = "visually-hidden",
    className,
    initialFocus,
    finalFocus,
    children,
  } = props;
  return (
    <Parts.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <Parts.Portal>
        <Parts.Backdrop className="backdrop" />
        <Parts.Popup className={`dialog ${className}`} initialFocus={initialFocus} finalFocus={finalFocus}>
          <Parts.Title className={titleClass}>{title}</Parts.Title>
          {children}
        </Parts.Popup>
      </Parts.Portal>
    </Parts.Root>
  );
}
