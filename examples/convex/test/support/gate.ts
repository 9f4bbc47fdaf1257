// A promise with its resolver: lets a test hold something until it says so.

/** `opened` waits until `open()`. */
export function createGate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
