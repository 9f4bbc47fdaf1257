// Passes the videos page's calls on to the demo at DEMO_URL, which gives out its tokens and takes them. An app of one's own has no such file.
import { NextResponse, type NextRequest } from "next/server";
import { demoUrl } from "./lib/demo-url.ts";

export const config = { matcher: ["/demo/:path*", "/api/:path*"] };

/** Without a DEMO_URL the routes of this app answer. */
export function proxy({ nextUrl }: NextRequest): NextResponse {
  const demo = demoUrl();
  return demo === undefined
    ? NextResponse.next()
    : NextResponse.rewrite(new URL(nextUrl.pathname + nextUrl.search, demo));
}
