// The web globals of bare React Native 0.85: what its Libraries/Core/setUpXHR.js installs, from the same sources.
import { AbortController, AbortSignal } from "abort-controller/dist/abort-controller";
import { URL, URLSearchParams } from "react-native/Libraries/Blob/URL";

Object.assign(globalThis, { AbortController, AbortSignal, URL, URLSearchParams });
// Sets fetch, Headers, Request and Response, and looks for the globals above while it is evaluated.
require("whatwg-fetch");
