// Checks SPEC.md: every rule has a number of its own and names tests or types that exist, and every known gap a test of its own name.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

/** What an Enforcement line names: a test by its title, or a type. */
type Reference = { readonly file: string } & ({ readonly title: string } | { readonly type: string });

const fileAt = (path: string): URL => new URL(path, import.meta.url);
const textOf = (path: string): string => readFileSync(fileAt(path), "utf8");
const rules = rulesOf(textOf("SPEC.md"));

function rulesOf(spec: string): Rule[] {
  return spec.split(/^#{2,3} /m).flatMap((section) => {
    const [, id, name] = /^([GL]\d+) (.+)$/m.exec(section.split("\n", 1)[0] ?? "") ?? [];
    return id === undefined || name === undefined ? [] : [{ id, name, body: section }];
  });
}

/** The references of a rule's Enforcement line; anything else on the line is a mistake. */
function enforcementOf({ body }: Rule): { readonly references: readonly Reference[]; readonly rest: string } {
  const lines = [...body.matchAll(/^\*\*Enforcement:\*\* (.+)$/gm)].map(([, line]) => line ?? "");
  const references: Reference[] = [];
  const rest = lines
    .join("\n")
    .replace(/type `(\w+)` in `([^`]+)`/g, (_, type: string, file: string) => (references.push({ file, type }), ""))
    .replace(/`([^`]+)` "([^"]+)"/g, (_, file: string, title: string) => (references.push({ file, title }), ""));
  return { references, rest: rest.replaceAll(";", "").trim() };
}

function isKept(reference: Reference): boolean {
  if (!existsSync(fileAt(reference.file))) return false;
  const text = textOf(reference.file);
  if ("type" in reference) return new RegExp(`^export (interface|type) ${reference.type}\\b`, "m").test(text);
  return reference.file.endsWith(".test.ts") && text.includes(`"${reference.title}"`);
}

test("every number is used once, and none is left out", () => {
  const numbersOf = (letter: string): string[] => rules.map(({ id }) => id).filter((id) => id.startsWith(letter));
  for (const letter of ["G", "L"]) {
    expect(numbersOf(letter).length).toBeGreaterThan(5);
    expect(numbersOf(letter)).toEqual(numbersOf(letter).map((_, index) => `${letter}${index + 1}`));
  }
});

test("every rule of the text is a heading: none hides in a paragraph", () => {
  const named = textOf("SPEC.md").match(/^\*\*Enforcement:\*\*/gm) ?? [];
  expect(named).toHaveLength(rules.length);
});

describe.each(rules)("$id $name", (rule) => {
  test("has one Enforcement line, and nothing in it is out of form", () => {
    const { references, rest } = enforcementOf(rule);
    expect(rule.body.match(/^\*\*Enforcement:\*\*/gm)).toHaveLength(1);
    expect(references.length).toBeGreaterThan(0);
    expect(rest).toBe("");
  });

  test("is enforced by tests and types that exist", () => {
    expect(enforcementOf(rule).references.filter((reference) => !isKept(reference))).toEqual([]);
  });
});

/** The rows of the table of known gaps. */
function gapsOf(spec: string): readonly { readonly title: string; readonly file: string }[] {
  const [, table = ""] = spec.split(/^## Known gaps$/m);
  return [...table.matchAll(/^\| (?!what |-)(.+?) +\|.*\| `([^`]+)` +\|$/gm)].map(([, title = "", file = ""]) => ({
    title,
    file,
  }));
}

describe("known gaps", () => {
  const spec = textOf("SPEC.md");
  const gaps = gapsOf(spec);

  test("each row is in form: what, what happens, and a test file", () => {
    const [, table = ""] = spec.split(/^## Known gaps$/m);
    expect(gaps).toHaveLength([...table.matchAll(/^\|/gm)].length - 2);
    expect(gaps.length).toBeGreaterThan(5);
  });

  test.each(gaps)("$title: is shown by a test of that name", (gap) => {
    expect(isKept(gap)).toBe(true);
  });

  test("and no test shows a gap that has no row", () => {
    const files = [...new Set(gaps.map(({ file }) => file))];
    const titles = files.flatMap((file) => [...textOf(file).matchAll(/^test\("([^"]+)"/gm)].map(([, title]) => title));
    expect(new Set(titles)).toEqual(new Set(gaps.map(({ title }) => title)));
  });
});

describe("these checks can fail", () => {
  test.each([
    { file: "no-such-file.test.ts", title: "final states absorb everything, by reference" },
    { file: "transition.test.ts", title: "no such title" },
    { file: "transition.ts", title: "./preparing.ts" },
    { file: "state.ts", type: "NoSuchType" },
  ])("%j does not exist", (reference) => {
    expect(isKept(reference)).toBe(false);
  });

  test("a line in another form is noticed", () => {
    const [rule] = rulesOf("### G1 total\n\n**Enforcement:** somewhere in transition.test.ts\n");
    expect(rule && enforcementOf(rule)).toEqual({ references: [], rest: "somewhere in transition.test.ts" });
  });
});
