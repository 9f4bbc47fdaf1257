// A page of the documentation as the steps that it tells a reader to take: files to write, commands to run, output to expect.

/** One step, in the order of the page. */
export type Step =
  | { readonly kind: "file"; readonly file: string; readonly text: string }
  /** `how`: `run`, or what the walk does in the place of it; a command that needs an account has another one `instead`. `until`: what a command in the background prints once it is ready. */
  | {
      readonly kind: "command";
      readonly how: string;
      readonly until: string | undefined;
      readonly lines: readonly string[];
    }
  /** Lines that the last command must have printed, in order. `...` stands for anything, also for whole lines. */
  | { readonly kind: "prints"; readonly lines: readonly string[] };

const FENCE = "```(?<language>\\w+)\\n(?<text>[\\s\\S]*?)```";
const STEP = new RegExp(
  `(?:\`(?<file>[\\w./-]+)\`[^\`\\n]*:|<!-- walk: (?<how>\\w+)(?:, until "(?<until>[^"]+)")?(?:, instead "(?<instead>[^"]+)")? -->)\\n\\n(?:<!-- given[\\s\\S]*?-->\\n\\n)?${FENCE}`,
  "g",
);

/** The steps of a page. A fenced block that follows neither a file's name nor a mark is for the reader alone. */
export function readPage(page: string): readonly Step[] {
  return [...page.matchAll(STEP)].map(({ groups = {} }): Step => {
    const { file, how = "", until, instead, text = "" } = groups;
    if (file !== undefined) return { kind: "file", file, text };
    const lines = (instead ?? text.trim()).split("\n");
    return how === "prints" ? { kind: "prints", lines } : { kind: "command", how, until, lines };
  });
}

/** The first line that an output lacks; undefined where it has all of them in their order. */
export function findMissing(expected: readonly string[], output: string): string | undefined {
  const printed = output.split("\n");
  let at = 0;
  for (const line of expected) {
    if (line === "...") continue;
    const pattern = new RegExp(`^${line.split("...").map(escape).join(".*")}$`);
    const found = printed.findIndex((one, index) => index >= at && pattern.test(one));
    if (found < 0) return line;
    at = found + 1;
  }
  return undefined;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
