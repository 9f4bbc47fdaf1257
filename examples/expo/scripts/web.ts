// Starts the screen in a browser's reach, says where it is, and ends it on Ctrl-C.
import { serveScreen } from "./serve-web.ts";

console.log("Bundling the screen (half a minute at first) ...");
const screen = await serveScreen({ port: Number(process.env["PORT"] ?? 5174), credits: 1_000, jobMs: 8_000 });
console.log(`The Expo screen is at ${screen.url}  (Ctrl-C ends it)`);
const end = (): void => void screen.close();
process.once("SIGINT", end);
process.once("SIGTERM", end);
