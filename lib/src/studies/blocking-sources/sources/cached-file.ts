import { readFileSync } from "node:fs";
import { type BlockingSource, plainCall } from "../blocking-source.ts";

/** Reads a big file that the kernel holds in memory: the executable of the runtime itself, so none has to be made. */
export const readCachedFile: BlockingSource = {
  name: "read-cached-file",
  family: "io",
  expected: "computing",
  meaning: "fs.readFileSync of the runtime's own executable, from the page cache",
  prepare: async () => plainCall(() => void readFileSync(process.execPath)),
};
