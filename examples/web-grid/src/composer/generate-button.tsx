// The button. Where something is missing it says what when it is pressed; where something stands in the way, that is written on it.
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import type { Offer } from "./use-affordable.ts";

interface Props {
  /** Why the draft cannot be sent yet. */
  readonly missing: string | undefined;
  /** True after a press that could not send the draft. */
  readonly isHintShown: boolean;
  /** What the user has to change first. */
  readonly blocked: "failed-file" | "credits" | undefined;
  /** What the credits would be enough for. */
  readonly offer: Offer | undefined;
}

/** Sends the draft. */
export function GenerateButton({ missing, isHintShown, blocked, offer }: Props): ReactNode {
  const words = WORDS.composer;
  const hint = isHintShown && blocked === undefined ? missing : undefined;
  return (
    <div className="generate">
      <p className="generate-hint" role="status">
        {hint}
      </p>
      {blocked === "credits" && offer !== undefined && (
        <button type="button" className="button generate-offer" onClick={offer.take}>
          {offer.text}
        </button>
      )}
      <button
        type="submit"
        className="button button-primary"
        aria-disabled={blocked !== undefined}
        data-missing={missing !== undefined || undefined}
      >
        {blocked === undefined && <Icon name="send" />}
        {blocked === undefined ? words.generate : words.blocked[blocked]}
      </button>
    </div>
  );
}
