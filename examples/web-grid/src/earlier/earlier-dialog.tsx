// Results of this session and earlier uploads, to choose one of.
import type { ReactNode, RefObject } from "react";
import { useShowable } from "../showable.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import type { EarlierFile, EarlierFiles } from "./earlier-files.ts";

interface Props {
  readonly isOpen: boolean;
  readonly files: EarlierFiles;
  readonly opener: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly onChoose: (file: EarlierFile) => void;
}

const { title, results, uploads } = WORDS.earlier;

/** A grid of pictures for each of the two. */
export function EarlierDialog({ isOpen, files, opener, onClose, onChoose }: Props): ReactNode {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      titleClass="dialog-title"
      className="earlier"
      finalFocus={opener}
    >
      <button type="button" className="icon-button dialog-close" aria-label={WORDS.large.close} onClick={onClose}>
        <Icon name="close" />
      </button>
      <EarlierList title={results} files={files.results} onChoose={onChoose} />
      <EarlierList title={uploads} files={files.uploads} onChoose={onChoose} />
    </Dialog>
  );
}

interface ListProps {
  readonly title: string;
  readonly files: readonly EarlierFile[];
  readonly onChoose: (file: EarlierFile) => void;
}

function EarlierList({ title: name, files, onChoose }: ListProps): ReactNode {
  if (files.length === 0) return null;
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
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
