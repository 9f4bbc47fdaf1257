// Starts the page.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { composeApp } from "./compose.ts";
import { fetchSession } from "./sign-in.ts";
import { StartFailed } from "./start-failed.tsx";
import "./styles/index.css";

const root = createRoot(document.querySelector("#root") ?? document.body);

try {
  const app = composeApp(await fetchSession(new URLSearchParams(location.search)));
  app.signIn();
  root.render(
    <StrictMode>
      <App app={app} />
    </StrictMode>,
  );
} catch {
  root.render(<StartFailed />);
}
