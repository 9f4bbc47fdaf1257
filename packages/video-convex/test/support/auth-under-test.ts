// What the app's `auth` answers: each test chooses it.
let chosen: () => unknown = () => undefined;

/** What the app passes as `auth`. */
export const authUnderTest = async (): Promise<never> => (await Promise.resolve(chosen())) as never; // also what its type forbids

/** Chooses it. */
export function chooseAuth(answer: () => unknown): void {
  chosen = answer;
}
