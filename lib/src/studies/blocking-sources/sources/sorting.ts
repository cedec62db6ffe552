import { type BlockingSource, plainCall } from "../blocking-source.ts";

const count = 1_000_000;

/** Sorts strings in the default order. */
export const sortStrings: BlockingSource = {
  name: "sort-strings",
  family: "cpu",
  expected: "computing",
  meaning: "copy and sort a million strings",
  prepare: async () => {
    const strings = shuffledStrings();
    return plainCall(() => void [...strings].sort());
  },
};

/** Different strings in an order that looks random and is always the same: steps of a prime through their numbers. */
function shuffledStrings(): string[] {
  return Array.from({ length: count }, (_, i) => `key-${(i * 611_953) % count}`);
}
