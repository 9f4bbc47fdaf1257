// The public names, one by one.
export { sandboxFetch } from "./sandbox-fetch.ts";
export { serveHttp } from "./serve-http.ts";
export type { HttpServer, WebHandler } from "./serve-http.ts";
export { openUploadStore, PUBLIC_FILES } from "./upload-store.ts";
export type { KeptFile, UploadStore } from "./upload-store.ts";
export { startSandbox } from "./start-sandbox.ts";
export type { Sandbox, SandboxOptions } from "./start-sandbox.ts";
export type { WebhookAttempt } from "./send-webhooks.ts";
export type { WebhookSecrets } from "./sign-webhooks.ts";
