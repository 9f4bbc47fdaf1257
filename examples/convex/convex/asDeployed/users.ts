// The money functions, the same as planned and as deployed.
export { captureReservedCredits, getUserCreditsBreakdown, releaseReservedCredits, reserveCredits } from "../users.ts";
