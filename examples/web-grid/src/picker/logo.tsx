// The mark of a model's maker, as a small picture.
import type { ReactNode } from "react";
import { markOf } from "./marks.ts";

/** Decoration: the name stands beside it. */
export function Logo({ name }: { readonly name: string }): ReactNode {
  const { hue, path } = markOf(name);
  return (
    <svg className="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false" style={{ "--hue": hue }}>
      <path d={path} />
    </svg>
  );
}
