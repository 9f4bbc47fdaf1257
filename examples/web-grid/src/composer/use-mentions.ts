// Typing an `@`: which names fit, which of them is active, and what the keys do. Knows nothing of the field, so that a browser and a device share it.
import { useEffectEvent, useId, useLayoutEffect, useState } from "react";
import { mentionBefore, optionId, type Mention } from "./mentions-in.ts";

/** What the prompt needs. */
export interface Mentions {
  readonly listId: string;
  /** The names that fit; none while no `@` is being typed. */
  readonly fitting: readonly Mention[];
  readonly active: number;
  /** The id of the active one. */
  readonly activeId: string | undefined;
  /** To be called with each move of the caret; undefined where the field is left. */
  moveTo(caret: number | undefined): void;
  choose(mention: Mention): void;
  /** Whether it was a key of the list, by its name such as `ArrowDown`. */
  takeKey(key: string): boolean;
}

/** What is typed where. */
export interface MentionsOptions {
  readonly mentions: readonly Mention[];
  readonly value: string;
  onChange(value: string): void;
  /** Called when a name has been put in: the caret belongs behind it. */
  placeCaret(caret: number): void;
}

interface Active {
  /** The `@` and what is typed behind it. */
  readonly of: string;
  /** -1: closed, until something else is typed. */
  readonly index: number;
}

/** The state of one field. */
export function useMentions({ mentions, value, onChange, placeCaret }: MentionsOptions): Mentions {
  const listId = useId();
  const [caret, moveTo] = useState<number | undefined>(undefined);
  const [moved, setMoved] = useState<Active | undefined>(undefined);
  const [put, setPut] = useState<{ readonly caret: number } | undefined>(undefined);
  const place = useEffectEvent(placeCaret);
  // A browser puts the caret at the end of a text that was set.
  useLayoutEffect(() => {
    if (put !== undefined) place(put.caret);
  }, [put]);

  const open = caret === undefined ? undefined : mentionBefore(value, caret);
  const of = open === undefined ? "" : `${open.at}@${open.typed}`;
  const index = moved?.of === of ? moved.index : 0;
  const typed = open?.typed.toLowerCase() ?? "";
  const fitting =
    open === undefined || index < 0 ? [] : mentions.filter(({ name }) => name.toLowerCase().startsWith(typed));
  const active = Math.min(Math.max(0, index), Math.max(0, fitting.length - 1));
  const current = fitting[active];
  const choose = ({ name }: Mention): void => {
    if (open === undefined) return;
    const before = `${value.slice(0, open.at)}@${name} `;
    const behind = value.slice(open.at + open.typed.length + 1);
    onChange(before + behind.replace(/^ /, ""));
    moveTo(before.length);
    setPut({ caret: before.length });
  };
  return {
    listId,
    fitting,
    active,
    activeId: current === undefined ? undefined : optionId(listId, current),
    moveTo,
    choose,
    takeKey(key) {
      if (current === undefined) return false;
      if (key === "Enter" || key === "Tab") choose(current);
      else if (key === "Escape") setMoved({ of, index: -1 });
      else if (key === "ArrowDown") setMoved({ of, index: (active + 1) % fitting.length });
      else if (key === "ArrowUp") setMoved({ of, index: (active + fitting.length - 1) % fitting.length });
      else return false;
      return true;
    },
  };
}
