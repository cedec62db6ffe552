import { type BlockingSource, plainCall } from "../blocking-source.ts";

/** Sizes of the documents in MB of JSON text. */
const jsonMegabytes = [1, 8, 64] as const;

/** Parses documents of three sizes: the same line of code, from harmless to half a second. */
export const parsing = jsonMegabytes.map(
  (megabytes) =>
    ({
      name: `json-parse-${megabytes}mb`,
      family: "sly",
      expected: "computing",
      meaning: `JSON.parse of ${megabytes} MB`,
      prepare: async () => {
        const text = jsonText(megabytes);
        return plainCall(() => void JSON.parse(text));
      },
    }) as const satisfies BlockingSource,
);

/** Copies the parsed documents, as every message to another thread does. */
export const cloning = jsonMegabytes.map(
  (megabytes) =>
    ({
      name: `structured-clone-${megabytes}mb`,
      family: "sly",
      expected: "computing",
      meaning: `structuredClone of the objects that ${megabytes} MB of JSON hold`,
      prepare: async () => {
        const document: unknown = JSON.parse(jsonText(megabytes));
        return plainCall(() => void structuredClone(document));
      },
    }) as const satisfies BlockingSource,
);

/** Writes a JSON array of different records, at least `megabytes` · 2²⁰ characters long, all of them ASCII. */
export function jsonText(megabytes: number): string {
  const records: string[] = [];
  let characters = 0;
  for (let id = 100_000; characters < megabytes * 2 ** 20; id++) {
    const record = JSON.stringify({
      id,
      name: `customer ${id}`,
      email: `c${id}@example.org`,
      active: id % 3 === 0,
      balance: id * 1.25,
      tags: ["north", "retail", String(id)],
    });
    characters += record.length + 1;
    records.push(record);
  }
  return `[${records.join(",")}]`;
}

/** Matches words against a text that fails at its end: every way of splitting the letters is tried. */
export const catastrophicRegex = {
  name: "catastrophic-regex",
  family: "sly",
  expected: "computing",
  meaning: "/^(\\w+\\s?)*$/ on 23 letters and an exclamation mark",
  prepare: async () => {
    const text = `${"a".repeat(23)}!`;
    return plainCall(() => void /^(\w+\s?)*$/.test(text));
  },
} as const satisfies BlockingSource;
