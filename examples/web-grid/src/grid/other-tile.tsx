// A row that is no video, in the same grid.
import { memo, type ReactNode } from "react";
import type { OtherRow } from "../queries.ts";
import { useShowable } from "../showable.ts";
import { Icon } from "../ui/icon.tsx";
import { ratioOf } from "./ratio-of.ts";

/** Its picture, and what it is. It has no actions here: they are its own screen's. */
export const OtherTile = memo(function OtherTile({ row }: { readonly row: OtherRow }): ReactNode {
  const showable = useShowable();
  const ratio = ratioOf(row.aspectRatio);
  return (
    <li
      className="tile"
      data-shape={ratio > 1 ? "wide" : "tall"}
      style={{ "--ratio": ratio }}
      aria-label={`${row.prompt}, made elsewhere`}
    >
      <div className="tile-box tile-other">
        {row.previewImage === undefined ? <Icon name="image" /> : <img src={showable(row.previewImage)} alt="" />}
      </div>
      <h3 className="tile-prompt">{row.prompt}</h3>
      <p className="tile-meta">{row.type}</p>
    </li>
  );
});
