// What the video will cost, line by line on demand, and whether the credits are enough.
import type { VideoQuote } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { useCredits } from "../credits.ts";

/** The price of the draft. */
export function CostLine({ quote }: { readonly quote: VideoQuote }): ReactNode {
  const credits = useCredits();
  const isShort = credits !== undefined && credits.available < quote.credits;
  return (
    <details className="cost" data-short={isShort || undefined}>
      <summary>
        <strong data-testid="cost">{quote.credits}</strong> credits
        {isShort && <span className="cost-short">, you have {credits.available}</span>}
      </summary>
      <table>
        <caption className="visually-hidden">How the price is made up</caption>
        <tbody>
          {quote.lines.map((line) => (
            <tr key={line.label}>
              <th scope="row">{line.label}</th>
              <td>{line.factor === undefined ? "" : `× ${line.factor}`}</td>
              <td>{line.credits}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
