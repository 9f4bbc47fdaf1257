// Links of a document that lead nowhere: to a file that is not there, or to a heading that is not in it. Links to other sites are not followed.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const LINK = /\]\((?!https?:|mailto:)(?<path>[^)#\s]*)(?:#(?<anchor>[^)\s]*))?\)/g;
const CODE = /```[\s\S]*?```|`[^`\n]*`/g;

/** One problem a link. */
export function findBrokenLinks(document: string): string[] {
  const text = readFileSync(document, "utf8").replaceAll(CODE, "");
  return [...text.matchAll(LINK)].flatMap(({ 0: link, groups = {} }) => {
    const { path = "", anchor } = groups;
    const target = path === "" ? document : join(dirname(document), path);
    if (!existsSync(target)) return [`${document}: ${link} leads to no file`];
    if (anchor === undefined || statSync(target).isDirectory() || !target.endsWith(".md")) return [];
    return anchorsOf(target).includes(anchor) ? [] : [`${document}: ${link} leads to no heading`];
  });
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
