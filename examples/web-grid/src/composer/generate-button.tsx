// The button, which can always be pressed: where something is missing it says what.
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";

interface Props {
  /** Why the draft cannot be sent yet. */
  readonly missing: string | undefined;
  /** True after a press that could not send the draft. */
  readonly isHintShown: boolean;
}

/** Sends the draft. */
export function GenerateButton({ missing, isHintShown }: Props): ReactNode {
  const hint = isHintShown ? missing : undefined;
  return (
    <div className="generate">
      <p className="generate-hint" role="status">
        {hint}
      </p>
      <button type="submit" className="button button-primary" data-missing={missing !== undefined || undefined}>
        <Icon name="send" />
        Generate
      </button>
    </div>
  );
}
