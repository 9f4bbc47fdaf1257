// In place of `test-renderer`: renders into a DOM, on whichever React is installed.
import type { ReactNode } from "react";
import { createRoot as createDomRoot } from "react-dom/client";

export function createRoot(): { render(element: ReactNode): void; unmount(): void } {
  const root = createDomRoot(document.createElement("div"));
  return { render: (element) => root.render(element), unmount: () => root.unmount() };
}
