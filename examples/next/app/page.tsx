// Says what this app is.
export default function Page() {
  return (
    <main>
      <h1>Video routes</h1>
      <p>
        The server side of an app that makes videos. Its routes are under /api/mobile; each needs a Clerk session token.
        With a DEMO_URL there is a page at /videos.
      </p>
    </main>
  );
}
