// Picking files: the upload begins at once, and the file can be seen meanwhile.
import type { AttachmentSource } from "@video-engine/video-sdk";
import { useVideoEngine } from "@video-engine/video-sdk/react";
import { useCallback, useContext } from "react";
import { UploadsContext } from "../earlier/remembered-uploads.ts";
import type { FileKind } from "./attached-files.ts";
import { problemOf, refusedFile } from "./refused-file.ts";

/** How a picked file looks on this page. */
export interface Preview {
  /** A URL that this browser can load. */
  readonly url: string;
  readonly name: string;
  readonly kind: FileKind;
}

// By identity, so that a file that is dropped from the draft takes its preview along.
const previews = new WeakMap<object, Preview>();

/** The look of a source; a URL has none of its own. */
export function previewOf(source: AttachmentSource): Preview | undefined {
  return typeof source === "string" ? undefined : previews.get(source);
}

/** Removes a file from the draft: its upload ends, unless a generation has it already. */
export function dropFile(source: AttachmentSource): void {
  const preview = previewOf(source);
  if (preview !== undefined) URL.revokeObjectURL(preview.url);
  if (typeof source === "object" && "cancel" in source) source.cancel();
}

/** Attaches a file in a place for files of a kind. One of another kind is kept there as one that has failed. */
export function useAttach(): (file: File, kind: FileKind) => AttachmentSource {
  const { attach } = useVideoEngine();
  const { add } = useContext(UploadsContext);
  return useCallback(
    (file, kind) => {
      const problem = problemOf(file, kind);
      const attachment = problem === undefined ? attach(file) : refusedFile(file, problem);
      const seen = { name: file.name, kind };
      previews.set(attachment, { url: URL.createObjectURL(file), ...seen });
      void attachment.uploaded.then(({ url }) => (url === undefined ? undefined : add({ url, ...seen })));
      return attachment;
    },
    [attach, add],
  );
}
