// Before every route: lets pages of other origins in, where the app names them, and passes the videos page's calls on to the demo at DEMO_URL, which
// gives out its tokens and takes them. An app of one's own has no such demo.
import { NextResponse, type NextRequest } from "next/server";
import { crossOriginHeaders } from "./lib/cross-origin.ts";
import { demoUrl } from "./lib/demo-url.ts";

export const config = { matcher: ["/demo/:path*", "/api/:path*"] };

/** Without a DEMO_URL the routes of this app answer. */
export function proxy({ nextUrl, method, headers }: NextRequest): NextResponse {
  const isPreflight = method === "OPTIONS" && headers.has("access-control-request-method");
  const permission = crossOriginHeaders(headers.get("origin"), { isPreflight });
  // Also where it is refused: a preflight has no body that a route could read.
  const answer = isPreflight ? new NextResponse(null, { status: 204 }) : passOn(nextUrl);
  // What a cache keeps for one origin must not be given to another.
  answer.headers.append("vary", "Origin");
  for (const [name, value] of Object.entries(permission ?? {})) answer.headers.set(name, value);
  return answer;
}

function passOn({ pathname, search }: NextRequest["nextUrl"]): NextResponse {
  const demo = demoUrl();
  return demo === undefined ? NextResponse.next() : NextResponse.rewrite(new URL(pathname + search, demo));
}
