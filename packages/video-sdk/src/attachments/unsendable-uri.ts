// What is said where a file is known by its uri only and nobody here can open that.
import { fromVideoErrorData, type VideoError } from "../errors.ts";
import { unsendableFile } from "./upload-failure.ts";

/** The error of a `{ uri }` in a runtime that cannot stream from it. */
export function unsendableUri(): VideoError {
  return fromVideoErrorData(
    unsendableFile(
      "This runtime cannot send a file by its uri. Attach a Blob or File, or give the engine a `put` that can, such as that of reactNativePlatform({ File }).",
    ),
  );
}
