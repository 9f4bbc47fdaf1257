// The imports of one source text. A reader of this repository's formatted TypeScript, not of any JavaScript; knows no rule.

/** One import or re-export. */
export interface Import {
  /** As written: `./x.ts` or a package. */
  readonly specifier: string;
  /** True only for `import type`: with verbatimModuleSyntax, inline `type` names leave an import behind. */
  readonly isTypeOnly: boolean;
  readonly line: number;
}

const STATEMENT = /^(?:import|export)\s+(type\s+(?!from\b))?(?:[\w$*{][^;"'`]*?\bfrom\s*)?["']([^"']+)["']/gm;
const IN_EXPRESSION = /(typeof\s+)?\b(?:import|require)\(\s*["']([^"']+)["']/g;

/** Every import of a text, re-exports, `import("x")` and `require("x")` included. Comments are no imports. */
export function readImports(text: string): Import[] {
  const code = withoutComments(text);
  return [STATEMENT, IN_EXPRESSION].flatMap((pattern) =>
    [...code.matchAll(pattern)].map(({ 1: type, 2: specifier = "", index }) => ({
      specifier,
      isTypeOnly: type !== undefined,
      line: code.slice(0, index).split("\n").length,
    })),
  );
}

/** The same text with comments blanked out, so that lines keep their numbers. A `//` or a glob within a string survives. */
function withoutComments(text: string): string {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, " ");
  return text.replace(/(^|\s)\/\*[\s\S]*?\*\//gm, blank).replace(/(^|\s)\/\/.*$/gm, blank);
}
