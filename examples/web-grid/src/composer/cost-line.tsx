// What the video will cost, line by line on demand, and whether the credits are enough.
import type { VideoQuote } from "@video-engine/video-sdk";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { useCredits } from "../credits.ts";
import { numberText, WORDS } from "../words.ts";

const CostPopover = lazy(async () => ({ default: (await import("./cost-popover.tsx")).CostPopover }));

/** The price of the draft. */
export function CostLine({ quote }: { readonly quote: VideoQuote }): ReactNode {
  const credits = useCredits();
  const [isAsked, setAsked] = useState(false);
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
  const trigger = (
    <button type="button" className="cost" onClick={() => setAsked(true)}>
      {price}
    </button>
  );
  if (!isAsked) return trigger;
  return (
    <Suspense fallback={trigger}>
      <CostPopover quote={quote}>{price}</CostPopover>
    </Suspense>
  );
}
