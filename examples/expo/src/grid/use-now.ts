// The time, as a value that moves while it is shown.
import { useEffect, useState } from "react";

/** Epoch milliseconds, new each second while `isMoving`. */
export function useNow(isMoving: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isMoving]);
  return now;
}
