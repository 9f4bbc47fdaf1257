// The names that an `@` offers, with their pictures. The focus stays in the prompt.
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import { optionId, type Mention } from "./mentions-in.ts";
import { SlotPicture } from "./slot-picture.tsx";

interface Props {
  readonly id: string;
  readonly mentions: readonly Mention[];
  readonly active: number;
  readonly onChoose: (mention: Mention) => void;
}

/** A list over the prompt. */
export function MentionList({ id, mentions, active, onChoose }: Props): ReactNode {
  return (
    <ul id={id} role="listbox" aria-label={WORDS.composer.mentions} className="menu mentions">
      {mentions.map((mention, index) => (
        <li
          key={mention.name}
          id={optionId(id, mention)}
          role="option"
          aria-selected={index === active}
          className="menu-item"
          data-highlighted={index === active || undefined}
          // Before the field loses the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(mention);
          }}
        >
          <span className="mention-picture">
            {mention.kind === "audio" ? <Icon name="sound" /> : <SlotPicture {...mention} label={mention.name} />}
          </span>
          @{mention.name}
        </li>
      ))}
    </ul>
  );
}
