import { expect, test } from "vitest";
import { playPingPong } from "../../../src/studies/controls/ping-pong.ts";

test.each(["atomics", "messages"] as const)(
  "by %s, every round trip comes back, and the other thread's stamp lies within it",
  async (way) => {
    let pauses = 0;
    const trips = await playPingPong(way, 5, async () => void pauses++);
    expect(trips).toHaveLength(5);
    expect(pauses).toBeGreaterThanOrEqual(5);
    for (const { wholeNs, thereNs } of trips) {
      expect(thereNs).toBeGreaterThanOrEqual(0);
      expect(thereNs).toBeLessThanOrEqual(wholeNs);
    }
  },
);
