// Expo's defaults find the workspaces by themselves. Packages are resolved by their `exports`, as in any app.
const { getDefaultConfig } = require("expo/metro-config");

module.exports = getDefaultConfig(__dirname);
