// What the user is putting together: a prompt and files.
import { useState } from "react";
import { usePickedFiles, type PickedFiles } from "./use-picked-files.ts";

/** The draft. */
export interface Draft {
  readonly prompt: string;
  setPrompt(prompt: string): void;
  readonly pickedFiles: PickedFiles;
}

/** Empty at first. */
export function useDraft(): Draft {
  const [prompt, setPrompt] = useState("");
  const pickedFiles = usePickedFiles();
  return { prompt, setPrompt, pickedFiles };
}
