// Short notes at the edge of the page. What shows them is loaded after the page.

/** Shows a sentence for a while. */
export function notify(title: string): void {
  // Without the chunk, which a lost connection may cost, there is no note, and what it tells of has happened all the same.
  void import("./toaster.tsx").then(({ toasts }) => toasts.add({ title, timeout: 5_000 })).catch(() => undefined);
}
