// The one file of the component that asks for the time and for chance. Convex fixes both for each run of a mutation.

/** Epoch milliseconds. */
export const now = (): number => Date.now();

/** When something happens, and a random number for it. */
export const moment = (): { readonly at: number; readonly random: number } => ({ at: now(), random: Math.random() });
