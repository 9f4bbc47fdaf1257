// The table of the round trips until the paid submit leaves.
import { shown, table } from "../table.ts";
import { measureSubmits } from "./measure.ts";

const HEAD = ["calls run", "session", "one tap", "first of 20 at once", "last of 20 at once"];

/** Round trips until the submit leaves, for each guarantee. Simulated time, so the same on every machine. */
export async function reportPreparing(): Promise<string> {
  const rows: string[][] = [];
  for (const guarantee of ["exactly-once", "at-most-once"] as const) {
    for (const hasSession of [true, false]) {
      const [one] = await measureSubmits({ guarantee, taps: 1, hasSession });
      const many = await measureSubmits({ guarantee, taps: 20, hasSession });
      const of20 = many.length === 20 ? [many[0], many.at(-1)] : [];
      const numbers = [one, ...of20].map((trips) => shown(trips, 0));
      rows.push([guarantee, hasSession ? "known" : "new", ...numbers]);
    }
  }
  return `## Round trips until the submit leaves\n\n${table(HEAD, rows)}`;
}
