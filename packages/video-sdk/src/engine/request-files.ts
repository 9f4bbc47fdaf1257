// The files that a request brings, as the engine needs them: taken out of the request, and sent. Knows no file.
import type { VideoRequest } from "@video-engine/video-models";
import type { Attachments } from "../attachments/create-attachments.ts";
import { videoErrorData } from "../errors.ts";

/** Where the files of requests are kept. */
export type RequestFiles = Pick<Attachments, "take" | "uploads">;

/** Requests bring URLs only. */
export const noFiles: RequestFiles = {
  take: (request) => ({ request: request as VideoRequest, files: [], issues: [] }), // a file in it is an issue of its shape
  uploads: {
    upload: () =>
      Promise.resolve({
        ...{ ok: false, certainty: "not-done" },
        error: videoErrorData("not-configured", { message: "This engine was made without uploads." }),
      }),
  },
};
