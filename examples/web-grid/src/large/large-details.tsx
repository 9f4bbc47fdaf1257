// What is known of a video, beside it.
import { getVideoModel, type VideoTile } from "@video-engine/video-sdk";
import { useQuery } from "convex/react";
import type { ReactNode } from "react";
import { useSessions } from "../first/first-content.ts";
import { useRequestOf } from "../memory/remembered-requests.ts";
import { rowsQuery } from "../queries.ts";
import type { SentRequest } from "../tile/request-of-tile.ts";
import type { TileActions } from "../tile/tile-actions.ts";
import { Icon } from "../ui/icon.tsx";
import { SETTLEMENTS, whenText, WORDS } from "../words.ts";

interface Props {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

/** The prompt in full, the details, and the ways on. */
export function LargeDetails({ tile, actions }: Props): ReactNode {
  return (
    <div className="large-details">
      <p className="large-prompt">{tile.prompt}</p>
      <div className="large-actions">
        <button type="button" className="button" onClick={() => actions.reuse(tile)}>
          <Icon name="again" />
          {WORDS.tile.reuse}
        </button>
        <button type="button" className="button" onClick={() => actions.download(tile)}>
          <Icon name="download" />
          {WORDS.tile.download}
        </button>
      </div>
      <Facts tile={tile} />
    </div>
  );
}

function Facts({ tile }: Pick<Props, "tile">): ReactNode {
  const requestOf = useRequestOf();
  const credits = useCreditsOf(tile);
  const request = requestOf(tile);
  const { large } = WORDS;
  const { snapshot, isRefunded, modelLabel, model, aspectRatio, createdAt, rowId } = tile;
  const settlement = snapshot?.settlement ?? (isRefunded ? "released" : undefined);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [large.model, modelLabel ?? model],
    [large.shape, aspectRatio],
    [large.length, request?.duration === undefined ? undefined : large.seconds(request.duration)],
    [large.quality, request?.resolution],
    [large.sound, soundOf(request)],
    [large.cost, credits === undefined ? undefined : large.credits(credits)],
    [large.charge, settlement === undefined ? undefined : SETTLEMENTS[settlement]],
    [large.made, whenText(createdAt)],
    [large.id, rowId],
  ];
  return (
    <dl className="large-facts">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Not said of a model that makes no sound at all. */
function soundOf(request: SentRequest | undefined): string | undefined {
  if (request?.generateAudio === undefined || getVideoModel(request.model).audio === "none") return undefined;
  return request.generateAudio ? WORDS.large.on : WORDS.large.off;
}

/** What it cost: as this page knows, else as its row says. */
function useCreditsOf({ snapshot, rowId }: VideoTile): number | undefined {
  const { currentId } = useSessions();
  const rows = useQuery(rowsQuery, currentId === undefined ? "skip" : { sessionId: currentId });
  return snapshot?.credits ?? rows?.find(({ _id }) => _id === rowId)?.creditsUsed;
}
