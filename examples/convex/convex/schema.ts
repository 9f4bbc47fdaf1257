// The schema: the tables of the videos, and in an app those of its own.
import { defineSchema } from "convex/server";
import { videoTables } from "./model/tables.ts";

export default defineSchema({ ...videoTables });
