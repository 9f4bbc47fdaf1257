// What can be done with a tile.
/** The ways from a tile back to the prompt bar. */
export interface TileActions {
  /** Puts a prompt, and the model where there is one, into the draft. */
  reuse(of: { readonly prompt: string; readonly model?: string | undefined }): void;
  /** Takes a finished video as the clip to edit. */
  edit(videoUrl: string): void;
}
