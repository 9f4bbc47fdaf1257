// An empty session: what the page is for, and ideas to begin with.
import type { ReactNode } from "react";
import { WORDS } from "../words.ts";

const { emptyTitle, emptyHelp, ideas } = WORDS.grid;

/** Ideas for a first prompt. */
export function EmptyGrid({ onIdea }: { readonly onIdea: (prompt: string) => void }): ReactNode {
  return (
    <div className="empty">
      <h2>{emptyTitle}</h2>
      <p>{emptyHelp}</p>
      <ul className="ideas">
        {ideas.map((idea) => (
          <li key={idea}>
            <button type="button" className="idea" onClick={() => onIdea(idea)}>
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
