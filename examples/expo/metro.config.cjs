// Expo's defaults find the workspaces by themselves. Packages are resolved by their `exports`, as in any app.
const { getDefaultConfig } = require("expo/metro-config");

const config = getDefaultConfig(__dirname);

// Imports name their files whole, so that Metro does not look by itself for the one that a browser has in its place.
config.resolver.resolveRequest = (context, name, platform) => {
  if (platform === "web" && /^\.{1,2}\/.*\.tsx?$/.test(name)) {
    try {
      return context.resolveRequest(context, name.replace(/\.(tsx?)$/, ".web.$1"), platform);
    } catch {
      // The same file as on a device.
    }
  }
  return context.resolveRequest(context, name, platform);
};

module.exports = config;
