// What can be done with a session. Its title is changed where it stands, at the top of the page.
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Menu } from "@base-ui/react/menu";
import { useState, type ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";

interface Props {
  readonly title: string;
  readonly onRemove: () => void;
}

const words = WORDS.sessions;

/** A button, its menu, and the question before a session is deleted. */
export function SessionMenu({ title, onRemove }: Props): ReactNode {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger className="icon-button" aria-label={words.more(title)}>
          <Icon name="more" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="menu-place" align="end" sideOffset={4}>
            <Menu.Popup className="menu">
              <Menu.Item className="menu-item" data-danger="" onClick={() => setAsking(true)}>
                <Icon name="delete" />
                {words.remove}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <AlertDialog.Root open={isAsking} onOpenChange={setAsking}>
        <AlertDialog.Portal>
          <AlertDialog.Backdrop className="backdrop" />
          <AlertDialog.Popup className="dialog question">
            <AlertDialog.Title className="dialog-title">{words.removeQuestion}</AlertDialog.Title>
            <AlertDialog.Description className="question-text">
              {title}. {words.removeHelp}
            </AlertDialog.Description>
            <div className="question-answers">
              <AlertDialog.Close className="button">{words.keep}</AlertDialog.Close>
              <AlertDialog.Close className="button button-primary" onClick={onRemove}>
                {words.remove}
              </AlertDialog.Close>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </>
  );
}
