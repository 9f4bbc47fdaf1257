// One video from a prompt to its address, from the command line. Goes on after a kill with what it had begun.
// The address of your routes, the deployment and the tokens come from the environment: see .env.example.
import { join } from "node:path";
import { createVideoEngine, functionsByName, VideoError } from "@video-engine/video-sdk";
import { ConvexClient } from "convex/browser";
import { createFileStorage } from "../../src/file-storage.ts";
import { createProcessLocks } from "../../src/process-locks.ts";
import { requiredSetting } from "../server/video-setting.ts";

const folder = ".videos";
// Keeps its connection, and asks for the token again before it expires: where yours are short-lived, fetch a new one here.
const convex = new ConvexClient(requiredSetting("CONVEX_URL"));
convex.setAuth(() => Promise.resolve(requiredSetting("CONVEX_TOKEN")));

const engine = createVideoEngine({
  convex,
  http: { baseUrl: requiredSetting("API_URL"), getToken: () => requiredSetting("API_TOKEN") },
  platform: { storage: createFileStorage(folder), locks: createProcessLocks(join(folder, "locks")) },
  user: requiredSetting("USER_ID"),
  // The functions in `convex/videos`, which take an id for each step: a step that is repeated happens once.
  functions: functionsByName("videos/"),
  backend: { takesOperationIds: true, fields: "all" },
  routes: { cancel: "api/mobile/cancel-video", isSubmitRepeatable: true },
});

try {
  for (const left of await engine.resume()) console.log(left.id, (await left.outcome).status); // what a killed run has left
  const prompt = process.argv[2] ?? "a corgi surfing";
  const { videos, credits } = await engine.generate({ model: "vid-seedance-pro", prompt }).result;
  console.log(videos[0], `${credits} credits`);
} catch (error) {
  if (!(error instanceof VideoError)) throw error;
  console.error(`${error.code}: ${error.message} (credits: ${error.settlement})`);
  process.exitCode = 1;
} finally {
  engine.dispose();
  await convex.close();
}
