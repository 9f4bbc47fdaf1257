// Between a model and its sibling that renders between two frames.
import { transitionOf } from "@video-engine/video-models";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import type { ReactElement } from "react";
import { WORDS } from "../words.ts";
import { ToggleRow } from "./toggle-row.tsx";

/** Switches to start and end frames and back. Nothing for a model without a sibling. */
export function TransitionRow(): ReactElement | null {
  const { model, select } = useVideoSettings();
  const sibling = transitionOf(model);
  const { getVideoModel, isVideoModelId } = useVideoModels();
  if (!isVideoModelId(sibling)) return null;
  const isTransition = getVideoModel(model).inputs.some(({ kind }) => kind === "frames");
  return <ToggleRow label={WORDS.composer.settings.frames} isOn={isTransition} onChange={() => select(sibling)} />;
}
