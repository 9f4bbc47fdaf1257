// Files from other apps. A device hands out none by dropping or pasting. In a browser use-dropped.web.ts stands in its place.

/** Listens to the whole page. Whether files hover over it. */
export function useDropped(_take: (files: readonly File[]) => void): boolean {
  return false;
}
