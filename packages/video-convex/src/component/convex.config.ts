// The component, as an app's convex.config.ts uses it: `app.use(videoEngine)`.
import rateLimiter from "@convex-dev/rate-limiter/convex.config.js";
import { defineComponent } from "convex/server";

const component = defineComponent("videoEngine");
component.use(rateLimiter);

export default component;
