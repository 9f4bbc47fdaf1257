// What the functions of an app with books of its own do wrong: at the nth call of one of them, after it has done its part.
/** A fault of the app's functions. */
export interface AppFault {
  readonly name: string;
  readonly nth: number;
  /** `throws`: an error of the app's. `says-nothing`: it answers nothing that can be read. */
  readonly how: "throws" | "says-nothing";
}

let fault: AppFault | undefined;
let calls: Record<string, number> = {};

/** Chooses it, and begins to count. */
export function chooseAppFault(chosen: AppFault | undefined): void {
  fault = chosen;
  calls = {};
}

/** The answer of a function, or what becomes of it. */
export function answerOf<T>(name: string, answer: T): T | null {
  const nth = (calls[name] = (calls[name] ?? 0) + 1);
  if (fault?.name !== name || fault.nth !== nth) return answer;
  if (fault.how === "throws") throw new Error(`${name} has failed.`);
  return null;
}
