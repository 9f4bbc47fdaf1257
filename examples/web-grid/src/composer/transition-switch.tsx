// Between a model and its sibling that renders between two frames.
import { transitionOf } from "@video-engine/video-models";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { SwitchChip } from "../ui/switch-chip.tsx";
import { WORDS } from "../words.ts";

/** Switches to start and end frames and back. Nothing for a model without a sibling. */
export function TransitionSwitch(): ReactNode {
  const { model, select } = useVideoSettings();
  const { getVideoModel, isVideoModelId } = useVideoModels();
  const sibling = transitionOf(model);
  if (!isVideoModelId(sibling)) return null;
  const isTransition = getVideoModel(model).inputs.some(({ kind }) => kind === "frames");
  return <SwitchChip label={WORDS.composer.settings.frames} isOn={isTransition} onChange={() => select(sibling)} />;
}
