// Writes dist/THIRD-PARTY-NOTICES.md: the licences of what the bundle contains, word for word, from the installed packages.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What tsup.config.ts takes into the bundle. */
const BUNDLED = ["convex", "convex-test", "ws"];

const { resolve } = createRequire(join(import.meta.dirname, "../../../examples/convex/server/index.ts"));

function noticeOf(name: string): string {
  const home = dirname(resolve(`${name}/package.json`));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string }; // npm's own format
  return `## ${name} ${version}\n\n\`\`\`text\n${readFileSync(join(home, "LICENSE"), "utf8").trim()}\n\`\`\`\n`;
}

const head =
  "# Third-party notices\n\nThe JavaScript of this package contains parts of these, inlined when it is built.\n";
writeFileSync(join(import.meta.dirname, "../dist/THIRD-PARTY-NOTICES.md"), [head, ...BUNDLED.map(noticeOf)].join("\n"));
