// Where the project is published: the one place that names its owner. Everything else derives it.
import { readFileSync } from "node:fs";

const { repository, author } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly repository: { readonly url: string };
  readonly author: string;
}; // our own

/** The address of the repository, without an ending. */
export const REPOSITORY = repository.url.replace(/^git\+|\.git$/g, "");

/** What each published package.json says of where it comes from. */
export function originOf(workspace: string): Readonly<Record<string, unknown>> {
  return {
    author,
    homepage: `${REPOSITORY}/tree/main/${workspace}#readme`,
    bugs: `${REPOSITORY}/issues`,
    repository: { type: "git", url: repository.url, directory: workspace },
  };
}

/** A link of a page to a file of the repository, for those who read it elsewhere; with `tree` to a folder. */
export function linkTo(path: string, kind: "blob" | "tree" = "blob"): string {
  return `${REPOSITORY}/${kind}/main/${path}`;
}
