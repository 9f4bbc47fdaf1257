// The user's sessions: make one, show one.
import type { ReactNode } from "react";
import { useSessions } from "../first/first-content.ts";
import { Icon } from "../ui/icon.tsx";

/** The list in the sidebar and in the drawer. `onChosen` is called after each choice. */
export function SessionList({ onChosen }: { readonly onChosen?: () => void }): ReactNode {
  const { sessions, currentId, isLoading, error, select, create } = useSessions();
  const choose = (id: string): void => {
    select(id);
    onChosen?.();
  };
  return (
    <nav className="sessions" aria-label="Sessions">
      <button type="button" className="button session-new" onClick={() => void create().then(() => onChosen?.())}>
        <Icon name="plus" />
        New session
      </button>
      {error !== undefined && (
        <p className="sessions-error" role="alert">
          {error.message}
        </p>
      )}
      <ul aria-busy={isLoading}>
        {sessions.map(({ id, title }) => (
          <li key={id}>
            <button
              type="button"
              className="session"
              aria-current={id === currentId ? "page" : undefined}
              onClick={() => choose(id)}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
