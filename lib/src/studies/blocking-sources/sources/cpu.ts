import { scryptSync } from "node:crypto";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { type BlockingSource, plainCall } from "../blocking-source.ts";
import { jsonText } from "./sly.ts";

/** Derives a key from a password with Node's default cost. */
export const scrypt = {
  name: "scrypt-sync",
  family: "cpu",
  expected: "computing",
  meaning: "crypto.scryptSync with default cost (N = 16384)",
  prepare: async () => plainCall(() => void scryptSync("correct horse battery staple", "salt", 64)),
} as const satisfies BlockingSource;

/** Compresses with the default level, 6. */
export const gzip = {
  name: "gzip-sync",
  family: "cpu",
  expected: "computing",
  meaning: "zlib.gzipSync of 8 MB of JSON, default level",
  prepare: async () => {
    const text = Buffer.from(jsonText(8));
    return plainCall(() => void gzipSync(text));
  },
} as const satisfies BlockingSource;

/** Compresses with the default quality, which is the slowest. */
export const brotli = {
  name: "brotli-sync",
  family: "cpu",
  expected: "computing",
  meaning: "zlib.brotliCompressSync of 64 KB of JSON, default quality",
  prepare: async () => {
    const text = Buffer.from(jsonText(1)).subarray(0, 65_536);
    return plainCall(() => void brotliCompressSync(text));
  },
} as const satisfies BlockingSource;

const count = 1_000_000;

/** Sorts strings in the default order. */
export const sortStrings = {
  name: "sort-strings",
  family: "cpu",
  expected: "computing",
  meaning: "copy and sort a million strings",
  prepare: async () => {
    const strings = shuffledStrings();
    return plainCall(() => void [...strings].sort());
  },
} as const satisfies BlockingSource;

/** Different strings in an order that looks random and is always the same: steps of a prime through their numbers. */
function shuffledStrings(): string[] {
  return Array.from({ length: count }, (_, i) => `key-${(i * 611_953) % count}`);
}
