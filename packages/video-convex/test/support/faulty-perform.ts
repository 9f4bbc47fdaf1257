// The action that calls the providers, with the faults of the test around it.
import { internalActionGeneric } from "convex/server";
import { withFaults } from "./faults-under-test.ts";

type Handler = (ctx: unknown, args: Record<string, unknown>) => Promise<null>;

/** The same action. */
export function faultyPerform(perform: unknown) {
  const { _handler: handler } = perform as { readonly _handler: Handler }; // where Convex puts it
  return internalActionGeneric({
    handler: async (ctx, args: Record<string, unknown>) =>
      await withFaults(ctx, async (spoiled) => await handler(spoiled, args)),
  });
}
