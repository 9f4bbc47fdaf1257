// The files of a request, as the engine needs them: taken out of the request, and uploaded. Reads no file.
import type { VideoRequest } from "@video-engine/video-models";
import type { Attachments } from "../attachments/create-attachments.ts";
import { videoErrorData } from "../errors.ts";

/** Takes the files out of requests and uploads them. */
export type RequestFiles = Pick<Attachments, "take" | "uploads">;

/** For engines without uploads: requests contain URLs only. */
export const noFiles: RequestFiles = {
  take: (request) => ({ request: request as VideoRequest, files: [], issues: [] }), // the check reports a file as an issue
  uploads: {
    upload: () =>
      Promise.resolve({
        ok: false,
        certainty: "not-done",
        error: videoErrorData("not-configured", { message: "This engine was made without uploads." }),
      }),
  },
};
