// Whether a host of a parsed URL is an address. Servers have no business with URLs that name none.

/** True for `127.0.0.1` and `[::1]`. The parser has turned every other notation (0x7f.1, 2130706433) into one of these. */
export function isIpHost(hostname: string): boolean {
  return /^\[|(?:^|\.)\d+$/.test(hostname);
}
