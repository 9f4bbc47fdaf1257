// What a hook returns, with the identity that its content had before.
import { useEffect, useMemo, useRef } from "react";
import { shareContent } from "./share-content.ts";

/** The value, made of the objects of the last render that was shown wherever their content is equal. */
export function useShared<T>(value: T): T {
  // Written in an effect: a render that React throws away must not count as shown.
  const shown = useRef<T>(value);
  const shared = shareContent(shown.current, value);
  useEffect(() => {
    shown.current = shared;
  });
  return shared;
}

/** The selector, called once for each source. A selection with the content of the one before is given as that one. */
export function useSharedSelector<Source, Selected>(
  selector: (source: Source) => Selected,
): (source: Source) => Selected {
  return useMemo(() => {
    let last: { readonly source: Source; readonly selected: Selected } | undefined;
    return (source) => {
      if (last === undefined || !Object.is(last.source, source)) {
        last = { source, selected: shareContent(last?.selected, selector(source)) };
      }
      return last.selected;
    };
  }, [selector]);
}
