// The components that the app uses.
import videoEngine from "@video-engine/convex/convex.config";
import { defineApp } from "convex/server";

const app = defineApp();
app.use(videoEngine);

export default app;
