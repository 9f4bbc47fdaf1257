import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCommitFeed } from "../server/commit-feed.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function openFeed() {
  const log = { last: 0n, looks: 0, told: 0 };
  const feed = createCommitFeed(() => {
    log.looks += 1;
    return Promise.resolve(log.last);
  }, 50);
  return { feed, log, follow: () => feed.subscribe(() => void (log.told += 1)) };
}

test("a commit is announced once, at once when asked to look", async () => {
  const { feed, log, follow } = openFeed();
  follow();
  log.last = 5n;
  feed.check();
  await vi.advanceTimersByTimeAsync(0);
  expect(log.told).toBe(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(log.told).toBe(1);
});

test("a commit that is not reported is found by the timer", async () => {
  const { log, follow } = openFeed();
  follow();
  log.last = 5n;
  await vi.advanceTimersByTimeAsync(50);
  expect(log.told).toBe(1);
});

test("it looks for nothing without a subscriber, nor once it is closed", async () => {
  const { feed, log, follow } = openFeed();
  await vi.advanceTimersByTimeAsync(200);
  expect(log.looks).toBe(0);
  const unfollow = follow();
  await vi.advanceTimersByTimeAsync(50);
  expect(log.looks).toBe(1);
  unfollow();
  await vi.advanceTimersByTimeAsync(200);
  follow();
  feed.close();
  await vi.advanceTimersByTimeAsync(200);
  expect(log.looks).toBe(1);
});
