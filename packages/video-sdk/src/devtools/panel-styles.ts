// The look of the panel: plain, readable in both themes, and inside its own element only.

/** The rules, for a style element. */
export const PANEL_STYLES = `
.video-devtools { color-scheme: light dark; box-sizing: border-box; height: 100%; overflow: auto; padding: 12px;
  font: 13px/1.5 system-ui, sans-serif; color: light-dark(#1b1b1f, #ececf1); background: light-dark(#ffffff, #17181c); }
.video-devtools[data-theme="light"] { color-scheme: light; }
.video-devtools[data-theme="dark"] { color-scheme: dark; }
.video-devtools .parts, .video-devtools .scenarios { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.video-devtools .parts { margin-bottom: 10px; }
.video-devtools .parts span { margin-left: auto; color: light-dark(#55565e, #a9abb6); }
.video-devtools button { font: inherit; color: inherit; cursor: pointer; padding: 3px 10px; border-radius: 6px; margin: 0 6px 0 0;
  border: 1px solid light-dark(#8a8c96, #6d707c); background: light-dark(#f4f4f6, #26282f); }
.video-devtools .parts button, .video-devtools .scenarios button { margin: 0; }
.video-devtools button[aria-pressed="true"] { color: light-dark(#ffffff, #17181c); background: light-dark(#1f4fd1, #9db8ff);
  border-color: transparent; }
.video-devtools :focus-visible { outline: 2px solid light-dark(#1f4fd1, #9db8ff); outline-offset: 2px; }
.video-devtools p { margin: 0 0 8px; }
.video-devtools button + ul { margin-top: 8px; }
.video-devtools ul { list-style: none; margin: 0; padding: 0; }
.video-devtools ul > li { border-top: 1px solid light-dark(#e2e3e8, #2f3138); padding: 4px 0; overflow-wrap: anywhere; }
.video-devtools summary { cursor: pointer; }
.video-devtools small { color: light-dark(#55565e, #a9abb6); }
.video-devtools b[data-status="failed"] { color: light-dark(#b3261e, #ffb4ab); }
.video-devtools b[data-status="completed"] { color: light-dark(#146c2e, #7ee29a); }
.video-devtools .phases { margin: 6px 0; padding: 0 0 0 16px; list-style: none; max-width: 420px; }
.video-devtools .phases li { display: flex; justify-content: space-between; font-variant-numeric: tabular-nums; }
.video-devtools dl { margin: 6px 0; padding-left: 16px; }
.video-devtools dl div { display: flex; gap: 8px; }
.video-devtools dt { flex: 0 0 84px; color: light-dark(#55565e, #a9abb6); }
.video-devtools dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.video-devtools pre { margin: 4px 0; padding: 8px; overflow: auto; max-height: 240px; border-radius: 6px;
  font: 12px/1.45 ui-monospace, monospace; background: light-dark(#f4f4f6, #202228); }
`;
