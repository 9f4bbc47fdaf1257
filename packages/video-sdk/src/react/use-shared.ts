// What a hook returns, with the identity that its content had before.
import { useEffect, useState } from "react";
import { shareContent } from "./share-content.ts";

/** The value, made of the objects of the last render that was shown wherever their content is equal. */
export function useShared<T>(value: T): T {
  // Changed in an effect, and without a render: a render that React throws away must not count as shown.
  const [shown] = useState(() => createBox(value));
  const shared = shareContent(shown.get(), value);
  useEffect(() => shown.set(shared));
  return shared;
}

function createBox<T>(first: T): { get(): T; set(value: T): void } {
  let value = first;
  return {
    get: () => value,
    set(next) {
      value = next;
    },
  };
}
