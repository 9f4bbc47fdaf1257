// The prompt bar: model, attachments, prompt, settings, price and the button.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoChoices, useVideoGeneration, useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useState, type Dispatch, type FormEvent, type ReactNode, type RefObject, type SetStateAction } from "react";
import { useCredits } from "../credits.ts";
import { missingFrom, type Draft } from "../draft.ts";
import { useSessions } from "../first/first-content.ts";
import { ModelPicker } from "../picker/model-picker.tsx";
import { WORDS } from "../words.ts";
import { AttachmentBar } from "./attachment-bar.tsx";
import { filesFor } from "./attached-files.ts";
import { CostLine } from "./cost-line.tsx";
import { DropZone } from "./drop-zone.tsx";
import { GenerateButton } from "./generate-button.tsx";
import { mentionsIn } from "./mentions-in.ts";
import { PromptField } from "./prompt-field.tsx";
import { SettingsBar } from "./settings-bar.tsx";
import { TransitionSwitch } from "./transition-switch.tsx";
import { useAffordable } from "./use-affordable.ts";
import { useHasFailed } from "./use-has-failed.ts";
import { useQuote } from "./use-quote.ts";

interface Props {
  readonly draft: Draft;
  readonly onChange: Dispatch<SetStateAction<Draft>>;
  readonly promptRef: RefObject<HTMLTextAreaElement | null>;
}

/** Everything that makes a request. */
export function Composer({ draft, onChange, promptRef }: Props): ReactNode {
  const { model } = useVideoSettings();
  const { promptLimit } = useVideoModels().getVideoModel(model);
  const { generate } = useVideoGeneration();
  const { currentId } = useSessions();
  const choices = useVideoChoices(draft.files);
  const files = filesFor(choices, draft.files);
  const quote = useQuote(draft.files);
  const missing = missingFrom({ ...draft, files }, choices, promptLimit);
  const { isShort, offer } = useAffordable(quote, draft.files, useCredits()?.available);
  const hasFailed = useHasFailed(files);
  const [isHintShown, setHintShown] = useState(false);
  const setFiles = (next: Draft["files"]): void => onChange((before) => ({ ...before, files: next }));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setHintShown(missing !== undefined);
    if (missing !== undefined || hasFailed || isShort) return;
    // Named here, because the engine may not have read the sessions yet.
    const prompt = promptLimit.max > 0 ? draft.prompt : "";
    void generate({ prompt, ...files }, currentId === undefined ? {} : { sessionId: currentId });
    if (prompt !== "") onChange({ ...draft, prompt: "" });
  };

  return (
    <form className="composer" aria-label={WORDS.composer.name} onSubmit={submit}>
      <DropZone model={model} onFiles={(place) => onChange((before) => ({ ...before, files: place(before.files) }))} />
      <div className="composer-top">
        <AttachmentBar choices={choices} files={draft.files} onChange={setFiles} />
        <PromptField
          ref={promptRef}
          value={draft.prompt}
          limit={promptLimit}
          mentions={mentionsIn(files)}
          onChange={(prompt) => onChange((before) => ({ ...before, prompt }))}
        />
      </div>
      <div className="composer-bar">
        <Settings choices={choices} files={files} allFiles={draft.files} />
        <div className="composer-send">
          <CostLine quote={quote} />
          <GenerateButton
            missing={missing}
            isHintShown={isHintShown}
            blocked={hasFailed ? "failed-file" : isShort ? "credits" : undefined}
            offer={offer}
          />
        </div>
      </div>
    </form>
  );
}

interface SettingsProps {
  readonly choices: VideoChoices;
  /** Those that the model takes. */
  readonly files: AttachedFiles;
  readonly allFiles: AttachedFiles;
}

function Settings({ choices, files, allFiles }: SettingsProps): ReactNode {
  return (
    <div className="composer-settings">
      <ModelPicker files={allFiles} />
      <TransitionSwitch />
      <SettingsBar choices={choices} files={files} />
    </div>
  );
}
