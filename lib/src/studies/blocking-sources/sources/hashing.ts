import { scryptSync } from "node:crypto";
import { type BlockingSource, plainCall } from "../blocking-source.ts";

/** Derives a key from a password with Node's default cost. */
export const scrypt: BlockingSource = {
  name: "scrypt-sync",
  family: "cpu",
  expected: "computing",
  meaning: "crypto.scryptSync with default cost (N = 16384)",
  prepare: async () => plainCall(() => void scryptSync("correct horse battery staple", "salt", 64)),
};
