import { readFileSync } from "node:fs";

/** Takes microseconds. */
export function price({ cents }: { cents: number }): number {
  return Math.round(cents * 1.19);
}

/** One innocent line. */
export function report({ path }: { path: string }): number {
  return readFileSync(path, "utf8").length;
}
