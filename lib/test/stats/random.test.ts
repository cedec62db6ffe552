import { describe, expect, it } from "vitest";
import { seededRandom, shuffle } from "../../src/stats/random.ts";

describe("seededRandom", () => {
  it("gives the words of sfc32 as an independent implementation with big integers does", () => {
    const random = seededRandom(1);
    const words = Array.from({ length: 4 }, () => random() * 2 ** 32);
    expect(words).toEqual([2012149540, 1872316204, 1707632675, 1779833415]);
  });

  it("repeats with the seed and differs between seeds, beyond 32 bits too", () => {
    const first = (seed: number) => seededRandom(seed)();
    expect(first(7)).toBe(first(7));
    expect(new Set([0, 1, 2 ** 32, 2 ** 32 + 1].map(first)).size).toBe(4);
  });

  it("fills [0, 1) evenly", () => {
    const random = seededRandom(3);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const cell = Math.floor(random() * 10);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(21.67); // 99 % point, 9 degrees of freedom
  });

  it("refuses a seed that is no integer from 0 to 2^53 − 1", () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => seededRandom(seed)).toThrow(/seed must be/);
  });
});

describe("shuffle", () => {
  it("returns each of the six orders of three items equally often and leaves the input alone", () => {
    const random = seededRandom(5);
    const items = Object.freeze(["a", "b", "c"]);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffle(items, random).join("");
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(100);
  });
});
