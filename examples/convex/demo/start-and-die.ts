// The client's process of the demo: starts a generation with the engine of an app, and is killed by its own hand as soon as the deployment has it.
import { createVideoEngine } from "@video-engine/video-sdk";
import { convexDriver } from "@video-engine/video-sdk/driven";
import { ConvexClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";

const [url = "", token = ""] = process.argv.slice(2);
const convex = new ConvexClient(url, { logger: false });
convex.setAuth(() => Promise.resolve(token));
const engine = createVideoEngine({ convex, driver: convexDriver(api.video), functions: api });
const generation = engine.generate({
  model: "vid-lucy-lite",
  prompt: "a corgi surfing",
  attachmentImageUrl: "https://images.example/corgi.png",
});
for await (const { phase, settlement } of generation) {
  if (settlement !== "held") continue;
  process.stdout.write(`${JSON.stringify({ id: generation.id, phase })}\n`, () => process.kill(process.pid, "SIGKILL"));
  break;
}
