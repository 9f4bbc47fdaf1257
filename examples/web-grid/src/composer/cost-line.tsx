// What the video will cost, line by line on demand, and whether the credits are enough.
import type { VideoQuote } from "@video-engine/video-sdk";
import { lazy, Suspense, type ReactNode } from "react";
import { useCredits } from "../credits.ts";
import { numberText, WORDS } from "../words.ts";

const CostPopover = lazy(async () => ({ default: (await import("./cost-popover.tsx")).CostPopover }));

/** The price of the draft. */
export function CostLine({ quote }: { readonly quote: VideoQuote }): ReactNode {
  const credits = useCredits();
  const isShort = credits !== undefined && credits.available < quote.credits;
  const price = (
    <span className="cost-text" data-short={isShort || undefined}>
      <span>
        <strong data-testid="cost" data-credits={quote.credits}>
          {numberText(quote.credits)}
        </strong>{" "}
        {WORDS.page.credits}
      </span>
      {isShort && <span className="cost-short">{WORDS.composer.youHave(credits.available)}</span>}
    </span>
  );
  return (
    <Suspense fallback={<span className="cost">{price}</span>}>
      <CostPopover quote={quote}>{price}</CostPopover>
    </Suspense>
  );
}
