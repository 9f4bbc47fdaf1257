// What docs/migrate.md and docs/clerk.md tell an app to write and to change, as files and as one changed line.
import { readFileSync } from "node:fs";

/** What to do. */
export interface Guide {
  /** `src/lib/video-engine.ts`. */
  readonly engine: string;
  /** `src/clerk-videos.tsx`. */
  readonly clerkVideos: string;
  /** `src/app.tsx`. */
  readonly app: string;
  /** The recipes' files, by their paths. */
  readonly recipes: Readonly<Record<string, string>>;
  /** The import of the screen, before and after. */
  readonly screen: { readonly before: string; readonly after: string };
}

/** Reads the guide. Throws where a step of it is not found. */
export function readGuide(): Guide {
  const migrate = readFileSync("docs/migrate.md", "utf8");
  const clerk = readFileSync("docs/clerk.md", "utf8");
  const recipes = readFileSync("docs/recipes.md", "utf8");
  const [clerkVideos, app] = [...clerk.matchAll(/```tsx\n([\s\S]*?)```/g)].map(([, code]) => code);
  return {
    engine: found("the engine's file", /`src\/lib\/video-engine\.ts`:\s+```ts\n([\s\S]*?)```/.exec(migrate)?.[1]),
    clerkVideos: found("Clerk's component", clerkVideos),
    app: found("the app around it", app),
    recipes: Object.fromEntries(
      [...recipes.matchAll(/`(src\/recipes\/[\w-]+\.ts)`:\s+```ts\n([\s\S]*?)```/g)].map(([, file, code = ""]) => [
        file,
        code,
      ]),
    ),
    screen: {
      before: found("the old import", /^-import .* from (".*");$/m.exec(migrate)?.[1]),
      after: found("the new import", /^\+import .* from (".*");$/m.exec(migrate)?.[1]),
    },
  };
}

function found(what: string, text: string | undefined): string {
  if (text === undefined) throw new Error(`The guide does not have ${what} where the script looks for it.`);
  return text;
}
