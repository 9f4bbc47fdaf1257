// `npm run demo`: one video by the command line, from the prompt to a file; with `--server-driven`, one whose client dies at once.
const SERVER_DRIVEN = "--server-driven";

if (process.argv.includes(SERVER_DRIVEN)) {
  const { runServerDrivenDemo } = await import("../examples/convex/demo/server-driven.ts");
  await runServerDrivenDemo();
} else {
  process.argv.splice(2, 0, "generate", "a corgi surfing", "--model", "vid-veo-3.1-fast", "--duration", "8");
  await import("../packages/cli/src/main.ts");
}
