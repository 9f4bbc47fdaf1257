// Components on Expo's preset. The SDK and the other packages are resolved by their `exports`, as Metro does it.
const { dirname } = require("node:path");

module.exports = {
  preset: "jest-expo",
  // The first render of a file compiles React Native.
  testTimeout: 180_000,
  testMatch: ["<rootDir>/test/**/*.test.{ts,tsx}"],
  setupFiles: ["<rootDir>/test/native-modules.ts"],
  setupFilesAfterEnv: ["<rootDir>/test/around-each-test.ts"],
  // The preset compiles no .mjs, which is what Metro gets of the icons.
  moduleNameMapper: {
    "^lucide-react-native/icons/(.*)$": `${dirname(require.resolve("lucide-react-native"))}/icons/$1.js`,
  },
};
