// Runs one piece of the world in a process of its own, and prints what it found as JSON.
//   node --conditions=@video-engine/source --import ./mutate-while-loading.ts run-piece.ts "exactly-once matrix"
import { PIECES, type PieceName } from "./pieces.ts";

const name = process.argv[2] ?? "";
if (!Object.hasOwn(PIECES, name)) throw new Error(`There is no piece "${name}": ${Object.keys(PIECES).join(", ")}.`);
const unheard: string[] = [];
// What was thrown is not looked at: it may throw when it is read.
process.on("unhandledRejection", () => void unheard.push("L6 a promise was rejected, and that was not heard"));
const found = await PIECES[name as PieceName](); // it is one of its keys
// Simulated time leaves Node no moment to say so before.
await new Promise((resolve) => void setImmediate(resolve));
process.stdout.write(JSON.stringify([...found, ...unheard]));
