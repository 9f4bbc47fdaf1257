// The one file of rate-limiter-flexible that counts in memory. Its index also loads parts that only Node has.
declare module "rate-limiter-flexible/lib/RateLimiterMemory.js" {
  import { RateLimiterMemory } from "rate-limiter-flexible";

  export default RateLimiterMemory;
}
