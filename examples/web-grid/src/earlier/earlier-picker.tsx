// Attaches what is there already: a result of this session or an earlier upload, by its URL, so that nothing is sent again.
import { useVideoTiles } from "@video-engine/video-sdk/react";
import { lazy, Suspense, useRef, type ReactNode } from "react";
import type { FileKind } from "../composer/attached-files.ts";
import { Icon } from "../ui/icon.tsx";
import { useOpened } from "../ui/use-opened.ts";
import { WORDS } from "../words.ts";
import { earlierFiles } from "./earlier-files.ts";
import { useUploads } from "./remembered-uploads.ts";

interface Props {
  /** The slot that it is for. */
  readonly label: string;
  readonly kind: FileKind;
  readonly onPick: (url: string) => void;
}

const EarlierDialog = lazy(async () => ({ default: (await import("./earlier-dialog.tsx")).EarlierDialog }));

/** A button in a slot, and its dialog. Nothing where there is nothing to choose. */
export function EarlierPicker({ label, kind, onPick }: Props): ReactNode {
  const files = earlierFiles(useVideoTiles(), useUploads(), kind);
  const { isOpen, wasOpened, open, close } = useOpened();
  const opener = useRef<HTMLButtonElement>(null);
  if (files.results.length + files.uploads.length === 0) return null;
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="slot-earlier"
        aria-haspopup="dialog"
        aria-label={WORDS.earlier.open(label)}
        onClick={open}
      >
        <Icon name="clock" />
      </button>
      {wasOpened && (
        <Suspense fallback={null}>
          <EarlierDialog
            isOpen={isOpen}
            files={files}
            opener={opener}
            onClose={close}
            onChoose={({ url }) => {
              close();
              onPick(url);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
