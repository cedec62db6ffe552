import { type BlockingSource, plainCall } from "../blocking-source.ts";

/** Matches words against a text that fails at its end: every way of splitting the letters is tried. */
export const catastrophicRegex: BlockingSource = {
  name: "catastrophic-regex",
  family: "sly",
  expected: "computing",
  meaning: "/^(\\w+\\s?)*$/ on 23 letters and an exclamation mark",
  prepare: async () => {
    const text = `${"a".repeat(23)}!`;
    return plainCall(() => void /^(\w+\s?)*$/.test(text));
  },
};
