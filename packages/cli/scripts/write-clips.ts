// Copies the sandbox's clips beside dist, where the bundled sandbox looks for them.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";

const cli = join(import.meta.dirname, "..");
rmSync(join(cli, "clips"), { recursive: true, force: true });
cpSync(join(cli, "../../examples/sandbox/clips"), join(cli, "clips"), { recursive: true });
