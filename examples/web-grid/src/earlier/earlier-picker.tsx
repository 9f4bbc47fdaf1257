// Attaches what is there already: a result of this session or an earlier upload, by its URL, so that nothing is sent again.
import { useVideoTiles } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import type { FileKind } from "../composer/use-attach.ts";
import { useShowable } from "../showable.ts";
import { Icon } from "../ui/icon.tsx";
import { useDialog } from "../ui/use-dialog.ts";
import { earlierFiles, type EarlierFile } from "./earlier-files.ts";
import { useUploads } from "./remembered-uploads.ts";

interface Props {
  /** The slot that it is for. */
  readonly label: string;
  readonly kind: FileKind;
  readonly onPick: (url: string) => void;
}

/** A button in a slot, and its dialog. Nothing where there is nothing to choose. */
export function EarlierPicker({ label, kind, onPick }: Props): ReactNode {
  const { results, uploads } = earlierFiles(useVideoTiles(), useUploads(), kind);
  const { ref, open, close, closeOnBackdrop } = useDialog();
  const choose = ({ url }: EarlierFile): void => {
    close();
    onPick(url);
  };
  if (results.length + uploads.length === 0) return null;
  return (
    <>
      <button
        type="button"
        className="slot-earlier"
        aria-haspopup="dialog"
        aria-label={`${label}: choose from earlier`}
        onClick={open}
      >
        <Icon name="clock" />
      </button>
      <dialog ref={ref} className="dialog earlier" aria-label="Choose from earlier" onClick={closeOnBackdrop}>
        <div className="earlier-body">
          <header className="earlier-head">
            <h2>Choose from earlier</h2>
            <button type="button" className="icon-button" aria-label="Close" onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          <EarlierList title="Results" files={results} onChoose={choose} />
          <EarlierList title="Uploads" files={uploads} onChoose={choose} />
        </div>
      </dialog>
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly files: readonly EarlierFile[];
  readonly onChoose: (file: EarlierFile) => void;
}

function EarlierList({ title, files, onChoose }: ListProps): ReactNode {
  if (files.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className="earlier-list">
        {files.map((file) => (
          <li key={file.url}>
            <button type="button" aria-label={file.name} title={file.name} onClick={() => onChoose(file)}>
              <EarlierPicture file={file} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function EarlierPicture({ file: { url, kind } }: { readonly file: EarlierFile }): ReactNode {
  const showable = useShowable();
  if (kind === "audio") return <Icon name="sound" />;
  if (kind === "image") return <img src={showable(url)} alt="" loading="lazy" />;
  return <video src={showable(url)} muted playsInline preload="metadata" />;
}
