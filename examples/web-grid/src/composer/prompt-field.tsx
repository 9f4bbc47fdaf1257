// The prompt: a textarea that grows with its text. Enter sends, Shift+Enter makes a new line, `@` names an attached file.
import type { VideoModel } from "@video-engine/video-sdk";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { WORDS } from "../words.ts";
import { MentionList } from "./mention-list.tsx";
import type { Mention } from "./mentions-in.ts";
import { useMentions } from "./use-mentions.ts";

interface Props {
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
  readonly limit: VideoModel["promptLimit"];
  /** What an `@` can name. */
  readonly mentions: readonly Mention[];
  readonly onChange: (value: string) => void;
}

/** How full the prompt is when the counter appears. */
const COUNTED_FROM = 0.8;
const words = WORDS.composer;

/** Where the video is described. Nothing for a model without a prompt. */
export function PromptField({ ref, value, limit, mentions, onChange }: Props): ReactNode {
  const isCounted = limit.unit === "characters" && value.length > limit.max * COUNTED_FROM;
  const { listId, fitting, active, activeId, moveTo, choose, takeKey } = useMentions({
    mentions,
    value,
    onChange,
    placeCaret: (caret) => ref.current?.setSelectionRange(caret, caret),
  });
  if (limit.max === 0) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes, Enter takes its suggestion.
    if (event.nativeEvent.isComposing) return;
    if (takeKey(event.key)) event.preventDefault();
    else sendOnEnter(event);
  };
  return (
    <div className="prompt">
      <label className="visually-hidden" htmlFor="prompt">
        {words.prompt}
      </label>
      <textarea
        id="prompt"
        ref={ref}
        rows={1}
        value={value}
        placeholder={words.placeholder}
        enterKeyHint="send"
        aria-describedby="prompt-help"
        aria-autocomplete={mentions.length > 0 ? "list" : undefined}
        aria-controls={fitting.length > 0 ? listId : undefined}
        aria-activedescendant={activeId}
        onChange={({ target }) => {
          onChange(target.value);
          moveTo(target.selectionStart);
        }}
        onSelect={({ currentTarget }) => moveTo(currentTarget.selectionStart)}
        onBlur={() => moveTo(undefined)}
        onKeyDown={onKeyDown}
      />
      {fitting.length > 0 && <MentionList id={listId} mentions={fitting} active={active} onChoose={choose} />}
      <p id="prompt-help" className="visually-hidden">
        {words.promptHelp}
      </p>
      {isCounted && (
        <p className="prompt-count" data-over={value.length > limit.max || undefined}>
          {words.counted(value.length, limit.max)}
        </p>
      )}
    </div>
  );
}

function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
