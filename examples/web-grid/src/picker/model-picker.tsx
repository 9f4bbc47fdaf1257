// The model: a button that shows it, and a dialog that finds another.
import { getVideoModel } from "@video-engine/video-sdk";
import { useVideoSettings } from "@video-engine/video-sdk/react";
import { useState, type ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { useDialog } from "../ui/use-dialog.ts";
import { Logo } from "./logo.tsx";
import { ModelSearch } from "./model-search.tsx";

/** Shows the chosen model, and lets the user choose another. */
export function ModelPicker(): ReactNode {
  const { model, select } = useVideoSettings();
  const { ref, open, close, closeOnBackdrop } = useDialog();
  const [timesClosed, setTimesClosed] = useState(0);
  const { label, logo } = getVideoModel(model);
  return (
    <>
      <button
        type="button"
        className="chip chip-model"
        aria-haspopup="dialog"
        aria-label={`Model: ${label}`}
        onClick={open}
      >
        <Logo name={logo} />
        <span>{label}</span>
        <Icon name="chevron" />
      </button>
      <dialog
        ref={ref}
        className="dialog picker"
        aria-labelledby="picker-title"
        onClick={closeOnBackdrop}
        onClose={() => setTimesClosed((times) => times + 1)}
      >
        <ModelSearch
          // Begins anew each time.
          key={timesClosed}
          chosen={model}
          onChoose={(id) => {
            select(id);
            close();
          }}
          onClose={close}
        />
      </dialog>
    </>
  );
}
