// The prompt bar: model, attachments, prompt, settings, price and the button.
import { getVideoModel } from "@video-engine/video-sdk";
import { useVideoChoices, useVideoGeneration, useVideoSettings } from "@video-engine/video-sdk/react";
import { useState, type FormEvent, type ReactNode, type RefObject } from "react";
import { missingFrom, type Draft } from "../draft.ts";
import { useSessions } from "../first/first-content.ts";
import { ModelPicker } from "../picker/model-picker.tsx";
import { AttachmentBar } from "./attachment-bar.tsx";
import { filesFor } from "./attached-files.ts";
import { CostLine } from "./cost-line.tsx";
import { GenerateButton } from "./generate-button.tsx";
import { PromptField } from "./prompt-field.tsx";
import { SettingsBar } from "./settings-bar.tsx";
import { TransitionSwitch } from "./transition-switch.tsx";
import { useQuote } from "./use-quote.ts";

interface Props {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly promptRef: RefObject<HTMLTextAreaElement | null>;
}

/** Everything that makes a request. */
export function Composer({ draft, onChange, promptRef }: Props): ReactNode {
  const { model } = useVideoSettings();
  const { generate } = useVideoGeneration();
  const { currentId } = useSessions();
  const choices = useVideoChoices(draft.files);
  const files = filesFor(choices, draft.files);
  const quote = useQuote(draft.files);
  const missing = missingFrom({ ...draft, files }, choices);
  const [isHintShown, setHintShown] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setHintShown(missing !== undefined);
    if (missing !== undefined) return;
    // Named here, because the engine may not have read the sessions yet.
    void generate({ prompt: draft.prompt, ...files }, currentId === undefined ? {} : { sessionId: currentId });
    onChange({ ...draft, prompt: "" });
  };

  return (
    <form className="composer" aria-label="New video" onSubmit={submit}>
      <div className="composer-top">
        <AttachmentBar choices={choices} files={draft.files} onChange={(next) => onChange({ ...draft, files: next })} />
        <PromptField
          ref={promptRef}
          value={draft.prompt}
          limit={getVideoModel(model).promptLimit}
          onChange={(prompt) => onChange({ ...draft, prompt })}
        />
      </div>
      <div className="composer-bar">
        <div className="composer-settings">
          <ModelPicker />
          <TransitionSwitch />
          <SettingsBar choices={choices} files={files} />
        </div>
        <div className="composer-send">
          <CostLine quote={quote} />
          <GenerateButton missing={missing} isHintShown={isHintShown} />
        </div>
      </div>
    </form>
  );
}
