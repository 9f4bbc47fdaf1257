// Files that are dropped or pasted anywhere on the page.
import { useEffect, useEffectEvent, useState } from "react";

interface Transfer {
  readonly types: readonly string[];
  readonly files: Iterable<File>;
}

interface DragEvent {
  readonly dataTransfer: Transfer | null;
  readonly relatedTarget: object | null;
  preventDefault(): void;
}

interface PasteEvent {
  readonly clipboardData: Transfer | null;
}

interface PageEvents {
  readonly dragover: DragEvent;
  readonly dragleave: DragEvent;
  readonly drop: DragEvent;
  readonly paste: PasteEvent;
}

// The Expo screen uses this in a browser, and the types of React Native know no page.
type Listen = <Name extends keyof PageEvents>(name: Name, listener: (event: PageEvents[Name]) => void) => void;
declare const document: { readonly addEventListener: Listen; readonly removeEventListener: Listen };

/** Listens to the whole page. Whether files hover over it. */
export function useDropped(take: (files: readonly File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const latest = useEffectEvent(take);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setIsOver(false);
      latest([...event.dataTransfer.files]);
    };
    const paste = ({ clipboardData }: PasteEvent): void => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) latest(files);
    };
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
      document.removeEventListener("paste", paste);
    };
  }, []);
  return isOver;
}
