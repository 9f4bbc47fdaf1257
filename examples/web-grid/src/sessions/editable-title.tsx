// The title of the session that is shown, to be changed where it stands.
import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { useSessions } from "../first/first-content.ts";
import { WORDS } from "../words.ts";

/** A heading; a field that looks like one where the backend can rename. */
export function EditableTitle(): ReactNode {
  const { sessions, currentId, rename } = useSessions();
  const shown = sessions.find(({ id }) => id === currentId);
  if (shown === undefined || rename === undefined)
    return <h1 className="title">{shown === undefined ? WORDS.page.name : shown.title}</h1>;
  return (
    <>
      <h1 className="visually-hidden">{shown.title}</h1>
      <TitleField
        key={`${shown.id} ${shown.title}`}
        title={shown.title}
        onChange={(title) => void rename(shown.id, title)}
      />
    </>
  );
}

interface Props {
  readonly title: string;
  readonly onChange: (title: string) => void;
}

/** Enter keeps what was typed, as leaving the field does; Escape takes it back. */
function TitleField({ title, onChange }: Props): ReactNode {
  const isTakenBack = useRef(false);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    isTakenBack.current = event.key === "Escape";
    event.currentTarget.blur();
  };
  return (
    <input
      className="title"
      aria-label={WORDS.sessions.title}
      defaultValue={title}
      maxLength={200}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget }) => {
        const next = currentTarget.value.trim();
        if (isTakenBack.current || next === "" || next === title) currentTarget.value = title;
        else onChange(next);
        isTakenBack.current = false;
      }}
    />
  );
}
