// Runs one piece of the world in a process of its own, and prints what it found as JSON.
//   node --conditions=@video-engine/source --import ./mutate-while-loading.ts run-piece.ts "exactly-once matrix"
import { PIECES, type PieceName } from "./pieces.ts";

const name = process.argv[2] ?? "";
if (!Object.hasOwn(PIECES, name)) throw new Error(`There is no piece "${name}": ${Object.keys(PIECES).join(", ")}.`);
process.stdout.write(JSON.stringify(await PIECES[name as PieceName]())); // it is one of its keys
