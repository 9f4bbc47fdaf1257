// convex-test finds the root of the modules by this folder.
export {};
