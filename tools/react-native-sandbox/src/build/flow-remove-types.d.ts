// The part of flow-remove-types that is used; it publishes no types of its own.
declare module "flow-remove-types" {
  export default function stripFlow(source: string, options: { readonly all: boolean }): { toString(): string };
}
