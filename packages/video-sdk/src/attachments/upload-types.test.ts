// What the client lets through is what the route of ./server takes.
import { expect, test } from "vitest";
import { UPLOAD_TYPES as SERVER_TYPES } from "../server/uploads/upload-types.ts";
import { UPLOAD_LIMITS } from "./upload-types.ts";

test("types and sizes are those of the presign route", () => {
  const ofServer = [...SERVER_TYPES].map(([type, { maxBytes }]) => [type, maxBytes]);
  expect(Object.entries(UPLOAD_LIMITS)).toEqual(ofServer);
});
