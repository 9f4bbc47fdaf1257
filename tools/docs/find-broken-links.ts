// Links of a document that lead nowhere: to a file that is not there, or to a heading that is not in it. Links to the repository's own site are
// links to files; those to other sites are not followed.
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { REPOSITORY } from "../repository.ts";

const LINK = /\]\((?!https?:|mailto:)(?<path>[^)#\s]*)(?:#(?<anchor>[^)\s]*))?\)/g;
const OWN_SITE = new RegExp(`${REPOSITORY}/(?:blob|tree)/main/`, "g");
const CODE = /```[\s\S]*?```|`[^`\n]*`/g;

/** One problem a link. */
export function findBrokenLinks(document: string): string[] {
  const upwards = dirname(document) === "." ? "" : "../".repeat(dirname(document).split("/").length);
  const text = readFileSync(document, "utf8").replaceAll(CODE, "").replaceAll(OWN_SITE, upwards);
  return [...text.matchAll(LINK)].flatMap(({ 0: link, groups = {} }) => {
    const { path = "", anchor } = groups;
    const target = path === "" ? document : join(dirname(document), path);
    // npm shows a package's README at an address of its own.
    if (/^packages\/[^/]+\/README\.md$/.test(document) && !link.includes("](../../") && path !== "")
      return [`${document}: ${link} must be an absolute address of ${REPOSITORY}`];
    if (!existsSync(target)) return [`${document}: ${link} leads to no file`];
    if (anchor === undefined || statSync(target).isDirectory() || !target.endsWith(".md")) return [];
    return anchorsOf(target).includes(anchor) ? [] : [`${document}: ${link} leads to no heading`];
  });
}

/** Pages of the guide that its index does not name. */
export function findUnlistedPages(): string[] {
  const index = readFileSync("docs/README.md", "utf8");
  const pages = globSync("docs/*.md").map((file) => basename(file));
  const unlisted = pages.filter((page) => page !== "README.md" && !index.includes(`(${page})`));
  return unlisted.map((page) => `docs/README.md: ${page} is not in it`);
}

/** The anchors of a file's headings, as GitHub makes them. */
function anchorsOf(file: string): readonly string[] {
  const text = readFileSync(file, "utf8").replaceAll(/```[\s\S]*?```/g, "");
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
