import { brotliCompressSync, gzipSync } from "node:zlib";
import { type BlockingSource, plainCall } from "../blocking-source.ts";
import { jsonText } from "./json-text.ts";

/** Compresses with the default level, 6. */
export const gzip: BlockingSource = {
  name: "gzip-sync",
  family: "cpu",
  expected: "computing",
  meaning: "zlib.gzipSync of 8 MB of JSON, default level",
  prepare: async () => {
    const text = Buffer.from(jsonText(8));
    return plainCall(() => void gzipSync(text));
  },
};

/** Compresses with the default quality, which is the slowest. */
export const brotli: BlockingSource = {
  name: "brotli-sync",
  family: "cpu",
  expected: "computing",
  meaning: "zlib.brotliCompressSync of 64 KB of JSON, default quality",
  prepare: async () => {
    const text = Buffer.from(jsonText(1)).subarray(0, 65_536);
    return plainCall(() => void brotliCompressSync(text));
  },
};
