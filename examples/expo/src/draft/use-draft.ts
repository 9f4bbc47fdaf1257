// What the user is putting together: a prompt and files.
import { useContext, useEffect, useState } from "react";
import { placedUrls } from "./picked-from.ts";
import { DraftContext } from "./remembered-draft.ts";
import { usePickedFiles, type PickedFiles } from "./use-picked-files.ts";

/** The draft. */
export interface Draft {
  readonly prompt: string;
  setPrompt(prompt: string): void;
  readonly pickedFiles: PickedFiles;
}

/** Empty until the storage has answered with the last one. What the user does first stands. */
export function useDraft(): Draft {
  const [prompt, setPrompt] = useState("");
  const pickedFiles = usePickedFiles();
  const { picked, restore } = pickedFiles;
  const memory = useContext(DraftContext);
  const [isRead, setIsRead] = useState(false);
  useEffect(() => {
    let isShown = true;
    void memory.read().then((stored) => {
      if (!isShown) return;
      setPrompt((typed) => (typed === "" ? stored.prompt : typed));
      restore(stored.files);
      setIsRead(true);
    });
    return () => {
      isShown = false;
    };
  }, [memory, restore]);
  useEffect(() => {
    if (!isRead) return undefined;
    const write = (): void => memory.write({ prompt, files: placedUrls(picked) });
    write();
    // A file counts from the moment at which it is uploaded.
    const stops = picked.map(({ attachment }) => attachment.subscribe(write));
    return () => {
      for (const stop of stops) stop();
    };
  }, [isRead, memory, prompt, picked]);
  return { prompt, setPrompt, pickedFiles };
}
