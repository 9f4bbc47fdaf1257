// Says what this app is. It has no screens of its own: its users are the routes under api/mobile.
export default function Page() {
  return (
    <main>
      <h1>Video routes</h1>
      <p>
        The server side of an app that makes videos. Its routes are under /api/mobile; each needs a Clerk session token.
      </p>
    </main>
  );
}
