// What is wrong with the modules of a bundle. Knows paths only.

const NEEDED: Readonly<Record<string, RegExp>> = {
  "the engine": /\/packages\/video-sdk\/dist\/index\.js$/,
  "the hooks": /\/packages\/video-sdk\/dist\/react\/index\.js$/,
  "the device's part": /\/packages\/video-sdk\/dist\/react-native\/index\.js$/,
  "the registry": /\/packages\/video-models\/dist\/index\.js$/,
};

const UNWANTED: Readonly<Record<string, RegExp>> = {
  "a source of the SDK in place of what is published": /\/packages\/video-[^/]+\/src\//,
  "a second copy of the SDK, by require": /\/packages\/video-[^/]+\/dist\/cjs\//,
  "the SDK's server, browser or test half": /\/packages\/video-sdk\/dist\/(server|web|testing)\//,
  "zod as a package of its own, which the SDK inlines": /\/node_modules\/zod\//,
  "a provider's client, which belongs to the server": /\/node_modules\/@fal-ai\//,
  "the DOM half of React": /\/node_modules\/react-dom\//,
};

/** The problems, as sentences. */
export function problemsOfSources(sources: readonly string[]): readonly string[] {
  const reacts = new Set(
    sources.flatMap((source) => /^(.*\/node_modules\/react)\/cjs\/react\.[^/]+$/.exec(source)?.[1] ?? []),
  );
  return [
    ...Object.entries(NEEDED)
      .filter(([, path]) => !sources.some((source) => path.test(source)))
      .map(([name, path]) => `${name} is missing: no module is ${path.source}.`),
    ...Object.entries(UNWANTED).flatMap(([name, path]) => {
      const found = sources.find((source) => path.test(source));
      return found === undefined ? [] : [`there is ${name}: ${found}.`];
    }),
    ...(reacts.size === 1 ? [] : [`there is not one React but ${reacts.size}: ${[...reacts].join(", ")}.`]),
  ];
}
