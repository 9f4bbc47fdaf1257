// Whether there is a person to ask.

/** What a person may have said already. */
export interface AskFlags {
  readonly json?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** Whether a person can be asked, or need not be. */
export function canAsk({ json = false, yes = false }: AskFlags): boolean {
  return yes || (!json && isInteractive());
}

/** Whether a question can be shown: in a terminal that can move its cursor. A build machine (`CI`) may have one without a person before it. */
export function isInteractive(): boolean {
  const { CI = "", TERM } = process.env;
  const isBuild = CI !== "" && CI !== "0" && CI !== "false";
  const hasTerminal = process.stdin.isTTY && process.stdout.isTTY;
  return hasTerminal && !isBuild && TERM !== "dumb";
}
