// Looks into the component on a convex-test: what its own functions would see.
import type { TestConvex } from "convex-test";
import type {
  GenericDataModel,
  GenericDocument,
  GenericMutationCtx,
  GenericSchema,
  SchemaDefinition,
} from "convex/server";

type Test = TestConvex<SchemaDefinition<GenericSchema, boolean>>;

/** Runs something in the component, as its own functions run. */
export async function inComponent<T>(
  t: Test,
  run: (ctx: GenericMutationCtx<GenericDataModel>) => Promise<T>,
): Promise<T> {
  // Not in its types: it is what scheduled functions run in.
  const { runInComponent } = t as unknown as { runInComponent(path: string, handler: typeof run): Promise<T> };
  return await runInComponent("videoEngine", run);
}

/** All rows of a table of the component. */
export async function rowsOf(t: Test, table: string): Promise<readonly GenericDocument[]> {
  return await inComponent(t, async ({ db }) => await db.query(table).collect());
}

/** Whether no call is under way, and nothing is waited for. */
export async function isQuiet(t: Test): Promise<boolean> {
  const open = (await rowsOf(t, "generations")).flatMap(({ calls, waits }) => [calls, waits] as readonly unknown[][]);
  return open.every((list) => list.length === 0);
}
