// The process of one measurement: `measure-in-child.ts <contender> <mode> <jobs> [polls]` prints what it measured as JSON.
import { CONTENDERS } from "./contenders.ts";
import { measure, type Mode } from "./measure.ts";

const [id, mode, jobs, polls] = process.argv.slice(2);
const contender = CONTENDERS.find((one) => one.id === id);
if (contender === undefined) throw new Error(`There is no contender ${id}.`);
const load = { jobs: Number(jobs), polls: polls === undefined ? undefined : Number(polls) };
process.stdout.write(`${JSON.stringify(await measure(contender, mode as Mode, load))}\n`); // the parent's own
process.exit(0);
