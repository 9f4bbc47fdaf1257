// Typing an `@`: which names fit, which of them is active, and what the keys do.
import { useId, useState, type KeyboardEvent } from "react";
import { mentionBefore, type Mention } from "./mentions-in.ts";
import { optionId } from "./mention-list.tsx";

/** What the prompt needs. */
export interface Mentions {
  readonly listId: string;
  /** The names that fit; none while no `@` is being typed. */
  readonly fitting: readonly Mention[];
  readonly active: number;
  /** The id of the active one. */
  readonly activeId: string | undefined;
  /** To be called with each change of the text or the caret. */
  look(field: HTMLTextAreaElement): void;
  choose(mention: Mention): void;
  close(): void;
  /** Whether it was a key of the list. */
  takeKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean;
}

interface Options {
  readonly mentions: readonly Mention[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The state of one field. */
export function useMentions({ mentions, value, onChange }: Options): Mentions {
  const listId = useId();
  const [open, setOpen] = useState<{ at: number; typed: string } | undefined>(undefined);
  const [active, setActive] = useState(0);
  const typed = open?.typed.toLowerCase() ?? "";
  const fitting = open === undefined ? [] : mentions.filter(({ name }) => name.toLowerCase().startsWith(typed));
  const current = fitting[Math.min(active, fitting.length - 1)];
  const close = (): void => setOpen(undefined);
  const choose = ({ name }: Mention): void => {
    if (open === undefined) return;
    onChange(`${value.slice(0, open.at)}@${name} ${value.slice(open.at + open.typed.length + 1)}`);
    close();
  };
  return {
    listId,
    fitting,
    active: current === undefined ? 0 : fitting.indexOf(current),
    activeId: current === undefined ? undefined : optionId(listId, current),
    look(field) {
      // Also where nothing is attached yet: a file may be on its way.
      const next = mentionBefore(field.value, field.selectionStart);
      if (next?.typed !== open?.typed || next?.at !== open?.at) setActive(0);
      setOpen(next);
    },
    choose,
    close,
    takeKey({ key }) {
      if (current === undefined) return false;
      if (key === "Enter" || key === "Tab") choose(current);
      else if (key === "Escape") close();
      else if (key === "ArrowDown") setActive((active + 1) % fitting.length);
      else if (key === "ArrowUp") setActive((active + fitting.length - 1) % fitting.length);
      else return false;
      return true;
    },
  };
}
