// Plays one video in a sheet, with the ways to go on from it.
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoPlayer, VideoView } from "expo-video";
import type { ReactElement } from "react";
import { StyleSheet } from "react-native";
import type { TileActions } from "../draft/use-draft.ts";
import { useShowable } from "../showable.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { shapeOf } from "./shape-of.ts";

/** What is played. Undefined: nothing, and the sheet is closed. */
export interface VideoPlayerProps {
  readonly tile: VideoTile | undefined;
  readonly actions: TileActions;
  onClose(): void;
}

/** The player. */
export function VideoPlayer({ tile, actions, onClose }: VideoPlayerProps): ReactElement {
  const [url] = tile?.videos ?? [];
  const thenClose = (act: () => void): void => {
    act();
    onClose();
  };
  return (
    <Sheet title="Video" isOpen={url !== undefined} onClose={onClose}>
      {tile !== undefined && url !== undefined && (
        <>
          <Screen url={url} shape={shapeOf(tile)} />
          <Button title="Use this prompt again" onPress={() => thenClose(() => actions.reuse(tile))} />
          <Button title="Edit this video with Kling O1" onPress={() => thenClose(() => actions.edit(tile))} />
        </>
      )}
    </Sheet>
  );
}

function Screen({ url, shape }: { readonly url: string; readonly shape: number }): ReactElement {
  const showable = useShowable();
  const player = useVideoPlayer(showable(url), (made) => {
    made.loop = true;
    made.play();
  });
  return (
    <VideoView player={player} style={[styles.video, { aspectRatio: shape }]} nativeControls contentFit="contain" />
  );
}

const styles = StyleSheet.create({ video: { width: "100%", maxHeight: 420 } });
