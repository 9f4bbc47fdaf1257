// The prompt: a textarea that grows with its text. Enter sends, Shift+Enter makes a new line.
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import type { VideoModel } from "@video-engine/video-sdk";

interface Props {
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
  readonly limit: VideoModel["promptLimit"];
  readonly onChange: (value: string) => void;
}

/** How full the prompt is when the counter appears. */
const COUNTED_FROM = 0.8;

/** Where the video is described. */
export function PromptField({ ref, value, limit, onChange }: Props): ReactNode {
  const isCounted = limit.unit === "characters" && value.length > limit.max * COUNTED_FROM;
  return (
    <div className="prompt">
      <label className="visually-hidden" htmlFor="prompt">
        Describe the video
      </label>
      <textarea
        id="prompt"
        ref={ref}
        rows={1}
        value={value}
        placeholder="Describe the video you have in mind"
        enterKeyHint="send"
        aria-describedby="prompt-help"
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={sendOnEnter}
      />
      <p id="prompt-help" className="visually-hidden">
        Enter sends, Shift and Enter make a new line.
      </p>
      {isCounted && (
        <p className="prompt-count" data-over={value.length > limit.max || undefined}>
          {value.length} of {limit.max}
        </p>
      )}
    </div>
  );
}

function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  // While an input method composes, Enter takes its suggestion.
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
