// What `vite/client` declares, for the check of these files. Not copied: an app of Vite has its own.
interface ImportMeta {
  readonly env: Readonly<Record<string, string | undefined>>;
}
