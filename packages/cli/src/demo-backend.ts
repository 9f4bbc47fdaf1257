// The demo backend's program, which `services.ts` starts in a process of its own. Here so that a bundle has it beside the command.
import "@video-engine/example-convex/main";
