// A fresh Expo project as the shipped app is: its versions, its backend, its screen and its hook's contract.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Packed } from "../packed/consumer.ts";

/** The app's versions, or the nearest to them that install together. */
const DEPENDENCIES = {
  "@clerk/clerk-expo": "~2.19.0",
  "@react-native-async-storage/async-storage": "2.1.2",
  "@react-native-community/netinfo": "11.4.1",
  convex: "1.31.2",
  expo: "~53.0.0",
  // Clerk imports it on iOS by import(), which Expo's export cannot leave out.
  "expo-apple-authentication": "~7.2.0",
  "expo-auth-session": "~6.2.0",
  "expo-background-task": "~0.2.0",
  "expo-crypto": "~14.1.0",
  "expo-file-system": "~18.1.0",
  "expo-media-library": "~17.1.0",
  "expo-notifications": "~0.31.0",
  "expo-secure-store": "~14.2.0",
  "expo-sharing": "~13.1.0",
  "expo-task-manager": "~13.1.0",
  "expo-web-browser": "~14.2.0",
  react: "19.0.0",
  "react-dom": "19.0.0",
  "react-native": "0.79.6",
};
const DEV_DEPENDENCIES = { "@babel/core": "^7.25.0", "@types/react": "~19.0.0", typescript: "~5.8.0" };

const COMPILER_OPTIONS = {
  strict: true,
  noEmit: true,
  // The fixture and the backend's sources name their endings.
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

/** Writes the project. Nothing of the SDK is in it but the packages to install. */
export function writeApp(folder: string, packages: readonly Packed[]): void {
  const ours = Object.fromEntries(packages.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]));
  const json = (file: string, value: object): void => writeFileSync(join(folder, file), JSON.stringify(value, null, 2));
  mkdirSync(join(folder, "src/lib"), { recursive: true });
  json("package.json", {
    name: "shipped-app",
    version: "1.0.0",
    private: true,
    main: "index.ts",
    dependencies: { ...DEPENDENCIES, ...ours },
    devDependencies: DEV_DEPENDENCIES,
  });
  json("app.json", { expo: { name: "Shipped app", slug: "shipped-app", version: "1.0.0" } });
  json("tsconfig.json", {
    extends: "expo/tsconfig.base",
    compilerOptions: COMPILER_OPTIONS,
    include: ["index.ts", "src"],
  });
  writeFileSync(join(folder, "index.ts"), INDEX);
  writeFileSync(join(folder, "src/lib/convex.ts"), CONVEX);
  writeFileSync(join(folder, "src/screens.tsx"), SCREENS);
  mkdirSync(join(folder, "src/recipes"));
  cpSync("examples/expo/src/wakeable-lifecycle.ts", join(folder, "src/wakeable-lifecycle.ts"));
  copyBackend(folder);
  cpSync("packages/video-sdk/test/shipped-app", join(folder, "src"), { recursive: true });
}

/** Modules of the example's backend that drive generations by themselves, with a component that the shipped app has not. */
const SERVER_DRIVEN = /\/(convex\.config|http|video|model\/videoGenerations)\.ts$/;
const LINES_OF_SERVER_DRIVEN = /^(import type \* as (http|video) from .*|  (http|video): typeof (http|video);)\n/gm;

function copyBackend(folder: string): void {
  const convex = join(folder, "convex");
  cpSync("examples/convex/convex", convex, { recursive: true, filter: (file) => !SERVER_DRIVEN.test(file) });
  const api = join(convex, "_generated/api.d.ts");
  writeFileSync(api, readFileSync(api, "utf8").replace(LINES_OF_SERVER_DRIVEN, ""));
}

/** The one line of the screen that the guide changes. */
export function moveScreen(folder: string, before: string, after: string): void {
  const file = join(folder, "src/screens/videos-screen.tsx");
  const text = readFileSync(file, "utf8");
  // The fixture names its file in our own style.
  const named = text.replace(`"../hooks/use-video-generation.ts"`, before);
  if (!named.includes(before)) throw new Error(`The screen does not import ${before}.`);
  writeFileSync(file, named.replace(before, after));
}

const INDEX = `import { registerRootComponent } from "expo";
import { App } from "./src/app";

registerRootComponent(App);
`;
const CONVEX = `import { ConvexReactClient } from "convex/react";

export const API_URL = "https://app.example";
export const convex = new ConvexReactClient("https://happy-otter-123.convex.cloud", { unsavedChangesWarning: false });
`;
const SCREENS = `import { Alert, Text } from "react-native";
import { VideosScreen as Screen } from "./screens/videos-screen";

export const SignInScreen = () => <Text>Sign in</Text>;
export const VideosScreen = () => <Screen alert={(title, text) => Alert.alert(title, text)} />;
`;
