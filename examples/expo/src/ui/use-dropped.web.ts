// Files that are dropped or pasted anywhere on the page.
export { useDropped } from "@video-engine/example-web-grid/use-dropped";
