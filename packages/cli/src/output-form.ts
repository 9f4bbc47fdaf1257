// The form in which a command prints, known before it is: a failure to read its arguments has that form, too.

/** Lines for a person, one JSON document, or a JSON event a line. */
export type OutputForm = "text" | "document" | "stream";

/** The form that the arguments ask for, by the words alone. */
export function formIn(args: readonly string[]): OutputForm {
  const flags = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  if (flags.includes("--json-stream")) return "stream";
  return flags.includes("--json") ? "document" : "text";
}

/** What a program is told in the place of a result. */
export function refusalIn(form: OutputForm, error: unknown): string {
  return JSON.stringify({ ...(form === "stream" && { event: "failed" }), ok: false, error });
}
