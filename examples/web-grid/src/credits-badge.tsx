// The remaining credits in the header.
import type { ReactNode } from "react";
import { useCredits } from "./credits.ts";
import { Icon } from "./ui/icon.tsx";
import { numberText, WORDS } from "./words.ts";

/** What is left, and what is held for videos under way. */
export function CreditsBadge(): ReactNode {
  const credits = useCredits();
  return (
    <p className="credits" data-testid="credits">
      <Icon name="coin" />
      {credits === undefined ? (
        <span className="credits-loading">{WORDS.page.credits}</span>
      ) : (
        <span>
          <strong>{numberText(credits.available)}</strong> <span className="credits-word">{WORDS.page.credits}</span>
          {credits.reserved > 0 && <span className="credits-held"> · {WORDS.page.held(credits.reserved)}</span>}
        </span>
      )}
    </p>
  );
}
