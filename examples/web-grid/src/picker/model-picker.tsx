// The model: a button that shows it, and a dialog that finds another.
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { lazy, Suspense, useRef, type ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { useOpened } from "../ui/use-opened.ts";
import { WORDS } from "../words.ts";
import { Logo } from "./logo.tsx";

const PickerDialog = lazy(async () => ({ default: (await import("./picker-dialog.tsx")).PickerDialog }));

/** Shows the chosen model, and lets the user choose another. The files count in the prices. */
export function ModelPicker({ files }: { readonly files: AttachedFiles }): ReactNode {
  const { model, chosen, select } = useVideoSettings();
  const { isOpen, wasOpened, open, close } = useOpened();
  const opener = useRef<HTMLButtonElement>(null);
  const { label, logo } = useVideoModels().getVideoModel(model);
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="chip chip-model"
        aria-haspopup="dialog"
        aria-label={WORDS.picker.chosen(label)}
        title={label}
        onClick={open}
      >
        <Logo name={logo} />
        <span>{label}</span>
        <Icon name="chevron" />
      </button>
      {wasOpened && (
        <Suspense fallback={null}>
          <PickerDialog
            isOpen={isOpen}
            model={model}
            chosen={chosen}
            files={files}
            opener={opener}
            onClose={close}
            onChoose={(id) => {
              select(id);
              close();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
