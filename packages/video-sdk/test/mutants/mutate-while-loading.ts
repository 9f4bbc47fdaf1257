// A hook for `node --import`: puts a mutant's text in place of the source's while it is loaded. The mutant comes in MUTANT, as JSON; without
// one nothing is changed. Throws when the text to replace does not stand in the file exactly once: then the table has to be brought up to date.
import { registerHooks } from "node:module";

interface Mutation {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const { MUTANT } = process.env;
if (MUTANT !== undefined) {
  const { file, find, replace } = JSON.parse(MUTANT) as Mutation; // written by the test beside this file
  const target = new URL(`../../src/${file}`, import.meta.url).href;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (url !== target) return loaded;
      const source =
        typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source ?? undefined);
      const times = source.split(find).length - 1;
      if (times !== 1) throw new Error(`${file} has ${times} times what the mutant replaces: ${find}`);
      return { ...loaded, source: source.replace(find, () => replace) };
    },
  });
}
