// A hook for `node --import`: puts a mutant's texts in place of the source's while it is loaded. The mutant comes in MUTANT, as JSON; without
// one nothing is changed. Throws when the text to replace does not stand in the file exactly once: then the table has to be brought up to date.
import { registerHooks } from "node:module";
import type { Mutation } from "./hand-mutants.ts";

const { MUTANT } = process.env;
if (MUTANT !== undefined) {
  const mutations = JSON.parse(MUTANT) as Mutation[]; // written by the test beside this file
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const mutation = mutations.find(({ file }) => url === new URL(`../../src/${file}`, import.meta.url).href);
      if (mutation === undefined) return loaded;
      const { file, find, replace } = mutation;
      const source =
        typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source ?? undefined);
      const times = source.split(find).length - 1;
      if (times !== 1) throw new Error(`${file} has ${times} times what the mutant replaces: ${find}`);
      return { ...loaded, source: source.replace(find, () => replace) };
    },
  });
}
