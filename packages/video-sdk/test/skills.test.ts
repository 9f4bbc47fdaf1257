// The skills for coding assistants say only what is there: names of exports, entries, commands and pages.
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ENTRIES } from "./entries/entries.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const skills = globSync("packages/video-sdk/skills/*/SKILL.md", { cwd: root });
const all = new Set(Object.values(ENTRIES).flatMap(({ names }) => names));
/** Names that the SDK gives to what it exports. */
const OURS = /\b(?:create|use)[A-Z]\w+|\b\w+(?:Contract|Provider|Platform|Routes)\b/g;
/** Names of the samples' own, and options and members that look like exports. */
const NOT_EXPORTED = new Set(["createEngine", "videoRoutes"]);

test("there are skills", () => expect(skills.length).toBeGreaterThanOrEqual(3));

describe.each(skills)("%s", (file) => {
  const text = readFileSync(root + file, "utf8");
  const code = [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].join("\n");

  test("begins with the name of its folder and what it is for", () => {
    const [, name, description = ""] = /^---\nname: (.+)\ndescription: (.+)\n---\n/.exec(text) ?? [];
    expect(name).toBe(basename(dirname(file)));
    expect(description).toMatch(/\. Use when /);
    expect(description.length).toBeLessThan(1_024);
  });

  test("imports what its entries export", () => {
    const imports = [...code.matchAll(/import \{([^}]*)\} from "(@video-engine\/[^"]+)"/g)];
    const wrong = imports.flatMap(([, names = "", entry = ""]) =>
      names
        .split(",")
        .filter((name) => !(ENTRIES[entry]?.names ?? []).includes(name.trim()))
        .map((name) => `${entry}: ${name.trim()}`),
    );
    expect(wrong).toEqual([]);
  });

  test("names entries, exports, commands and pages that there are", () => {
    const named = [...code.matchAll(OURS)].map(([name]) => name);
    expect(named.filter((name) => !all.has(name) && !NOT_EXPORTED.has(name))).toEqual([]);
    const entries = [...text.matchAll(/@video-engine\/[a-z-]+(?:\/[a-z-]+)*/g)].map(([entry]) => entry);
    expect(entries.filter((entry) => ENTRIES[entry] === undefined && entry !== "@video-engine/cli")).toEqual([]);
    const commands = [...text.matchAll(/npx @video-engine\/cli (\w+)/g)].map(([, command]) => command);
    expect(commands.filter((command) => !existsSync(`${root}packages/cli/src/commands/${command}.ts`))).toEqual([]);
    const pages = [...text.matchAll(/`(docs\/[a-z-]+\.md)`/g)].map(([, page = ""]) => page);
    expect(pages.filter((page) => !existsSync(root + page))).toEqual([]);
  });
});
