// The user's sessions: make one, show one, and what else can be done with one.
import { lazy, Suspense, type ReactNode } from "react";
import { useSessions } from "../first/first-content.ts";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";

const SessionMenu = lazy(async () => ({ default: (await import("./session-menu.tsx")).SessionMenu }));

/** The list in the sidebar and in the drawer. `onChosen` is called after each choice. */
export function SessionList({ onChosen }: { readonly onChosen?: () => void }): ReactNode {
  const { sessions, currentId, isLoading, error, select, create, remove } = useSessions();
  const choose = (id: string): void => {
    select(id);
    onChosen?.();
  };
  return (
    <nav className="sessions" aria-label={WORDS.sessions.name}>
      <button type="button" className="button session-new" onClick={() => void create().then(() => onChosen?.())}>
        <Icon name="plus" />
        {WORDS.sessions.create}
      </button>
      {error !== undefined && (
        <p className="sessions-error" role="alert">
          {error.message}
        </p>
      )}
      <ul aria-busy={isLoading}>
        {sessions.map(({ id, title }) => (
          <li key={id} className="session-row">
            <button
              type="button"
              className="session"
              aria-current={id === currentId ? "page" : undefined}
              onClick={() => choose(id)}
            >
              {title}
            </button>
            {remove !== undefined && (
              <Suspense fallback={null}>
                <SessionMenu title={title} onRemove={() => void remove(id)} />
              </Suspense>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
