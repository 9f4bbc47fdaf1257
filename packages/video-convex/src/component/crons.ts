// What the component does by the clock: see `scheduled.sweep`.
import { cronJobs } from "convex/server";
import { internal } from "./_generated/api.ts";

const crons = cronJobs();
crons.interval("sweep", { minutes: 5 }, internal.scheduled.sweep);

export default crons;
