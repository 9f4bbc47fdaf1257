// An empty session: what the page is for, and ideas to begin with.
import type { ReactNode } from "react";

const IDEAS = [
  "A corgi surfing a small wave at golden hour, slow motion",
  "A paper boat sailing through a rainy street, macro",
  "Drone shot over a misty pine forest at sunrise",
];

/** Ideas for a first prompt. */
export function EmptyGrid({ onIdea }: { readonly onIdea: (prompt: string) => void }): ReactNode {
  return (
    <div className="empty">
      <h2>What will you film today?</h2>
      <p>Describe a video below, or begin with one of these.</p>
      <ul className="ideas">
        {IDEAS.map((idea) => (
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
