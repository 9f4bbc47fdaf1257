// Copies every template of `init` into dist/templates, by its path in the repository.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { allTemplates } from "../src/init/plan-files.ts";

const root = join(import.meta.dirname, "../../..");
for (const template of allTemplates())
  cpSync(join(root, template), join(root, "packages/cli/dist/templates", template));
