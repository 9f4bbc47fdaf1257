// Tells screen readers how the generations of this page go, one line each.
import { useVideoTiles } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { phaseText, SETTLEMENTS, WORDS } from "../words.ts";

const SHORT = 60;

/** Polite: it waits until the reader has finished. Only the line that has changed is read. */
export function Announcer(): ReactNode {
  const tiles = useVideoTiles();
  return (
    <div className="visually-hidden" role="log" aria-label={WORDS.grid.progress}>
      {tiles.map(({ key, prompt, snapshot }) =>
        snapshot === undefined ? null : (
          <p key={key}>
            {phaseText(snapshot)}: {prompt.slice(0, SHORT)}
            {snapshot.error !== undefined && ` ${snapshot.error.message} ${SETTLEMENTS[snapshot.settlement]}`}
          </p>
        ),
      )}
    </div>
  );
}
