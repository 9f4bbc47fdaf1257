// What a bundler for browsers or React Native finds in the place of `./server`.
throw new Error(
  "@video-engine/video-sdk/server runs on servers only: it needs the providers' keys, which no app may carry. Import it in a route file or a server " +
    "function; an app calls those routes through createVideoEngine({ http }). In a test that simulates a browser, use Jest's or Vitest's Node environment.",
);
