// A log as an operator has it, and the queries of docs/operating.md over it.
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** A line of the log. */
export interface LogLine {
  readonly source: "client" | "server";
  /** The event, as JSON. */
  readonly e: string;
}

const PAGE = readFileSync(new URL("../../../docs/operating.md", import.meta.url), "utf8");

/** The query under a heading of the page. */
function queryUnder(heading: string): string {
  const [, query] = PAGE.split(`## ${heading}`)[1]?.split("```sql\n") ?? [];
  const sql = query?.split("```")[0];
  if (sql === undefined) throw new Error(`docs/operating.md has no query under "${heading}".`);
  return sql;
}

/** The rows of that query, over these lines in their order. */
export function askLog(log: readonly LogLine[], heading: string, named: Record<string, string> = {}) {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE log (source TEXT, e TEXT)");
  const insert = database.prepare("INSERT INTO log VALUES (?, ?)");
  for (const { source, e } of log) insert.run(source, e);
  const rows = database.prepare(queryUnder(heading)).all(named);
  database.close();
  return rows.map((row) => ({ ...row }));
}
