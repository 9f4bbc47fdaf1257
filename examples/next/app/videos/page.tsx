// The videos page of examples/web-grid: rendered here with what the user has, and taken over by the browser.
import "@video-engine/example-web-grid/styles.css";
import { fetchSession } from "@video-engine/example-web-grid/sign-in";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { demoUrl } from "../../lib/demo-url.ts";
import { readFirstContent } from "../../lib/first-content.ts";
import { Videos } from "./videos.tsx";

export const metadata: Metadata = { title: "Videos" };

interface Props {
  readonly searchParams: Promise<Record<string, string>>;
}

/** Signed in by the demo at DEMO_URL; without one there is no such page. */
export default async function VideosPage({ searchParams }: Props) {
  const address = new URLSearchParams(await searchParams);
  const demo = demoUrl();
  if (demo === undefined) notFound();
  const session = await fetchSession(address, demo);
  return <Videos session={session} first={await readFirstContent(session, demo)} />;
}
