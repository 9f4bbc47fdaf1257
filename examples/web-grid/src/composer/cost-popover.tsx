// How a price is made up, line by line.
import { Popover } from "@base-ui/react/popover";
import type { VideoQuote } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { numberText, WORDS } from "../words.ts";

interface Props {
  readonly quote: VideoQuote;
  /** The price, which opens it. */
  readonly children: ReactNode;
}

/** A button, and the lines over it, open at first: it is there since it was pressed. */
export function CostPopover({ quote, children }: Props): ReactNode {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger className="cost">{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-place" side="top" sideOffset={10}>
          <Popover.Popup className="menu cost-lines">
            <Popover.Title className="visually-hidden">{WORDS.composer.priceTitle}</Popover.Title>
            <table>
              <tbody>
                {quote.lines.map((line) => (
                  <tr key={line.label}>
                    <th scope="row">{line.label}</th>
                    <td>{line.factor === undefined ? "" : `× ${line.factor}`}</td>
                    <td>{numberText(line.credits)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
