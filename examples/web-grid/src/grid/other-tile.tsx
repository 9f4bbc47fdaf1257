// A row that is no video, in the same grid.
import { memo, type CSSProperties, type ReactNode } from "react";
import type { OtherRow } from "../queries.ts";
import { useShowable } from "../showable.ts";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";

interface Props {
  readonly row: OtherRow;
  readonly style: CSSProperties;
  readonly position: number;
  readonly count: number;
}

/** Its picture, and what it is. It has no actions here: they are its own screen's. */
export const OtherTile = memo(function OtherTile({ row, style, position, count }: Props): ReactNode {
  const showable = useShowable();
  const { prompt, previewImage, type } = row;
  return (
    <li
      className="tile"
      style={style}
      aria-label={WORDS.grid.other(prompt)}
      aria-posinset={position}
      aria-setsize={count}
    >
      <div className="tile-box tile-other">
        {previewImage === undefined ? (
          <Icon name="image" />
        ) : (
          <img src={showable(previewImage)} alt="" loading="lazy" />
        )}
      </div>
      <h3 className="tile-prompt">{prompt}</h3>
      <p className="tile-meta">{type}</p>
    </li>
  );
});
