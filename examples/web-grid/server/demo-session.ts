// What a page has to know when it starts, as a type only: the server answers it and the page reads it.

/** Who is signed in, and where things are on this machine. */
export interface DemoSession {
  readonly user: string;
  readonly convexUrl: string;
  /** How long the sandbox takes for a job, milliseconds. Left out with real providers. */
  readonly jobMs?: number;
  /** Where files with these public URLs can be seen on this machine. */
  readonly files?: { readonly publicUrl: string; readonly url: string };
}
