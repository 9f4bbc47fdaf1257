// How Metro and Jest read the sources: Expo's preset, and nothing else.
module.exports = (api) => {
  api.cache(true);
  return { presets: ["babel-preset-expo"] };
};
