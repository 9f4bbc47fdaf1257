// The remaining credits in the header.
import type { ReactNode } from "react";
import { useCredits } from "./credits.ts";
import { Icon } from "./ui/icon.tsx";

/** What is left, and what is held for videos under way. */
export function CreditsBadge(): ReactNode {
  const credits = useCredits();
  return (
    <p className="credits" data-testid="credits">
      <Icon name="coin" />
      {credits === undefined ? (
        <span className="credits-loading">credits</span>
      ) : (
        <span>
          <strong>{credits.available.toLocaleString("en")}</strong> credits
          {credits.reserved > 0 && (
            <span className="credits-held"> · {credits.reserved.toLocaleString("en")} held</span>
          )}
        </span>
      )}
    </p>
  );
}
