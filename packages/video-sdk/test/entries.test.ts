// The public names of every entry, one by one: one more is a decision, and is made by adding it here.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ENTRIES } from "./entries/entries.ts";

const root = join(import.meta.dirname, "../..");

/** The names that an index.ts exports, values and types. */
function exportedBy(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8").replaceAll(/\/\/.*$/gm, "");
  if (/export (type )?\*/.test(text)) throw new Error(`${file} exports a star: name what it exports.`);
  const lists = [...text.matchAll(/export (?:type )?\{([^}]*)\} from/g)].flatMap(([, list = ""]) => list.split(","));
  return lists
    .map((name) =>
      name
        .trim()
        .replace(/^type /, "")
        .replace(/^.* as /, ""),
    )
    .filter((name) => name !== "");
}

describe.each(Object.entries(ENTRIES))("%s", (entry, { file, names }) => {
  test("exports what is listed, and nothing else", () => {
    expect(exportedBy(file).toSorted()).toEqual([...names].toSorted());
  });

  test("is published", () => {
    const [, folder = "", subpath] = /^@video-engine\/([^/]+)(.*)$/.exec(entry) ?? [];
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { exports: object };
    expect(Object.keys(manifest.exports)).toContain(`.${subpath}`);
  });
});

test("every published entry is listed", () => {
  const published = ["video-models", "video-sdk"].flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { exports: object };
    const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== "./package.json");
    return subpaths.map((subpath) => `@video-engine/${folder}${subpath.slice(1)}`);
  });
  expect(Object.keys(ENTRIES).toSorted()).toEqual(published.toSorted());
});

test("what an app meets first has at most 55 names", () => {
  expect(ENTRIES["@video-engine/video-sdk"]?.names.length).toBeLessThanOrEqual(55);
});
