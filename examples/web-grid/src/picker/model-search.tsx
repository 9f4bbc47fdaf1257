// The inside of the picker: a search field and the models that it finds.
import { sortedVideoModels } from "@video-engine/video-models";
import type { VideoModelId } from "@video-engine/video-sdk";
import { useState, type ReactNode } from "react";
import { pricing } from "../pricing.ts";
import { Icon } from "../ui/icon.tsx";
import { matches } from "./matches.ts";
import { ModelOption } from "./model-option.tsx";
import { moveWithArrows } from "./move-with-arrows.ts";

interface Props {
  readonly chosen: VideoModelId;
  readonly onChoose: (id: VideoModelId) => void;
  readonly onClose: () => void;
}

const MODELS = sortedVideoModels({ pricing });

/** All models in the picker's order, or those that match. */
export function ModelSearch({ chosen, onChoose, onClose }: Props): ReactNode {
  const [wanted, setWanted] = useState("");
  const found = MODELS.filter((model) => matches(model, wanted));
  return (
    <div className="picker-body" onKeyDown={moveWithArrows}>
      <header className="picker-head">
        <h2 id="picker-title">Choose a model</h2>
        <label className="search">
          <Icon name="search" />
          <span className="visually-hidden">Search models</span>
          <input
            type="search"
            value={wanted}
            placeholder="Name, maker, 1080p, audio…"
            onChange={({ target }) => setWanted(target.value)}
          />
        </label>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
        <p className="visually-hidden" role="status">
          {found.length} models
        </p>
      </header>
      <ul className="picker-list">
        {found.map((model) => (
          <ModelOption
            key={model.id}
            model={model}
            isChosen={model.id === chosen}
            onChoose={() => onChoose(model.id)}
          />
        ))}
      </ul>
      {found.length === 0 && <p className="picker-none">No model is called “{wanted}”.</p>}
    </div>
  );
}
