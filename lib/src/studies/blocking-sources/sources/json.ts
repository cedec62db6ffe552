import { type BlockingSource, plainCall } from "../blocking-source.ts";
import { jsonText } from "./json-text.ts";

/** Sizes of the documents in MB of JSON text. */
export const jsonMegabytes = [1, 8, 64] as const;

/** Parses documents of three sizes: the same line of code, from harmless to half a second. */
export const parsing: readonly BlockingSource[] = jsonMegabytes.map((megabytes) => ({
  name: `json-parse-${megabytes}mb`,
  family: "sly",
  expected: "computing",
  meaning: `JSON.parse of ${megabytes} MB`,
  prepare: async () => {
    const text = jsonText(megabytes);
    return plainCall(() => void JSON.parse(text));
  },
}));

/** Copies the parsed documents, as every message to another thread does. */
export const cloning: readonly BlockingSource[] = jsonMegabytes.map((megabytes) => ({
  name: `structured-clone-${megabytes}mb`,
  family: "sly",
  expected: "computing",
  meaning: `structuredClone of the objects that ${megabytes} MB of JSON hold`,
  prepare: async () => {
    const document: unknown = JSON.parse(jsonText(megabytes));
    return plainCall(() => void structuredClone(document));
  },
}));
