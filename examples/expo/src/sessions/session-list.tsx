// The button that opens the sessions, and the sheet to change to another, begin a new one or delete one.
import type { VideoSession } from "@video-engine/video-sdk";
import { useVideoSessions } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";
import { SessionRow } from "./session-row.tsx";

/** The sessions. */
export function SessionList(): ReactElement {
  const { sessions, currentId, isLoading, error, select, create, remove } = useVideoSessions();
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  const choose = ({ id }: VideoSession): void => {
    select(id);
    close();
  };
  return (
    <>
      <IconButton name="menu" label={WORDS.sessions.name} onPress={() => setIsOpen(true)} />
      <Sheet title={WORDS.sessions.name} isOpen={isOpen} onClose={close}>
        <Button icon="plus" title={WORDS.sessions.create} onPress={() => void create().then(close)} />
        {error !== undefined && (
          <Words tone="danger" accessibilityRole="alert">
            {error.message}
          </Words>
        )}
        {sessions.length === 0 && (
          <Words tone="muted">{isLoading ? WORDS.screen.loading : WORDS.screen.noSessions}</Words>
        )}
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isShown={session.id === currentId}
            onChoose={() => choose(session)}
            onRemove={remove && (() => void remove(session.id))}
          />
        ))}
      </Sheet>
    </>
  );
}
