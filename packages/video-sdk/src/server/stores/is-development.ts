// Whether this process says that it is no production.

/**
 * Whether NODE_ENV is `development` or `test`. A process that says nothing counts as production, and so does an edge runtime without `process`:
 * there each request may reach an instance of its own.
 */
export function isDevelopment(): boolean {
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, unknown>> } }; // absent in edge runtimes
  const name = process?.env?.["NODE_ENV"];
  return name === "development" || name === "test";
}
