// Claims for a page without Web Locks: leases in its localStorage, given up when the page is left, so that a reload need not wait for them.
import { createLeaseClaims } from "../platform/lease-claims.ts";
import { systemPlatform } from "../platform/system.ts";
import type { SwappingStorage } from "../platform/lease.ts";
import type { Claims } from "../ports.ts";

/** Claims among the pages that share this storage. Listens for as long as the page lives. */
export function createPageClaims(storage: SwappingStorage): Claims {
  const claims = createLeaseClaims({ storage, platform: systemPlatform });
  addEventListener("pagehide", claims.leave);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) claims.comeBack();
  });
  return claims;
}
