// Puts the guide and llms.txt into the package, for those who read it there: people offline, and coding assistants. Run in the package's folder.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, posix } from "node:path";

const root = join(import.meta.dirname, "..");
process.chdir(root);
const { linkTo, REPOSITORY } = await import("./repository.ts");

const HOME = "packages/video-sdk";
/** What code is written from goes along. Figures, comparisons and what is looked up once are read where the repository is, as is the reference. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...[
    "README.md",
    "answers.md",
    "comparison.md",
    "conformance.md",
    "migrate.md",
    "one-grid.md",
    "operating.md",
    "performance.md",
  ],
  ...["recipes.md", "reliability.md", "several-instances.md", "support.md", "temporary-videos.md", "versioning.md"],
]);
const LINK = /\]\((?!https?:|mailto:|#)(?<path>[^)#\s]+)(?<anchor>#[^)\s]*)?\)/g;

/** What goes wrong first where code is written from memory. */
const RULES = `Rules that hold everywhere:

- \`engine.generate(request)\` returns a handle at once; it is no promise. Await \`generation.result\` (throws a VideoError) or \`generation.outcome\` (never rejects).
- Branch on \`error.code\`, never on a message. Show \`engine.sentenceOf(error)\`.
- One engine for each signed-in user; \`engine.resume()\` once after sign-in; \`dispose()\` at sign-out. Never make an engine in an effect.
- Keys of providers are on the server only: \`@video-engine/video-sdk/server\`, which is ESM only.
- Prices and model ids come from \`@video-engine/video-models\`; never write them down by hand.
- Source: ${REPOSITORY}
`;

const pages = globSync("docs/*.md")
  .map((file) => basename(file))
  .filter((page) => !LEFT_OUT.has(page));
rmSync(join(HOME, "docs"), { recursive: true, force: true });
mkdirSync(join(HOME, "docs"));
for (const page of pages) writeFileSync(join(HOME, "docs", page), toPackage(readFileSync(join("docs", page), "utf8")));
writeFileSync(join(HOME, "llms.txt"), llmsText());

/** A page without the notes for our own checks, whose links lead on from where it now is. */
function toPackage(text: string): string {
  const plain = text.replaceAll(/<!-- (?:given|walk|run)[\s\S]*?-->\n\n?/g, "");
  return plain.replaceAll(LINK, (link, path: string, anchor = "") =>
    pages.includes(path) ? link : `](${linkTo(posix.join("docs", path), kindOf(join("docs", path)))}${anchor})`,
  );
}

function kindOf(path: string): "blob" | "tree" {
  if (!existsSync(path)) throw new Error(`A page links to ${path}, which is not there.`);
  return /\.\w+$/.test(path) ? "blob" : "tree";
}

/** https://llmstxt.org: a title, a summary, and links with what each is for, made of the guide's index. */
function llmsText(): string {
  const index = readFileSync("docs/README.md", "utf8");
  const { description } = JSON.parse(readFileSync(join(HOME, "package.json"), "utf8")) as {
    readonly description: string;
  }; // our own
  const sections = index
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = ""] = section.split("\n");
      const rows = [...section.matchAll(/^\| \[(?<name>[^\]]+)\]\((?<path>[^)]+)\)\s*\| (?<what>.*?)\s*\|$/gm)];
      const links = rows.map(({ groups = {} }) => {
        const { name = "", path = "", what = "" } = groups;
        return `- [${name}](${pages.includes(path) ? `docs/${path}` : linkTo(posix.join("docs", path), kindOf(join("docs", path)))}): ${what}`;
      });
      return `## ${title}\n\n${links.join("\n")}\n`;
    });
  return `# @video-engine/video-sdk\n\n> ${description}\n\n${RULES}\n${sections.join("\n")}\n## Skills\n\n${skills()}\n`;
}

function skills(): string {
  return globSync(`${HOME}/skills/*/SKILL.md`)
    .toSorted()
    .map((file) => {
      const [, name, description] = /^---\nname: (.*)\ndescription: (.*)\n/.exec(readFileSync(file, "utf8")) ?? [];
      if (name === undefined) throw new Error(`${file} does not begin with its name and its description.`);
      return `- [${name}](skills/${name}/SKILL.md): ${description}`;
    })
    .join("\n");
}
