import { createHash } from "node:crypto";

/** Derives an unsigned 32-bit seed from values: equal values, equal seed. */
export function seedFrom(...values: readonly (string | number)[]): number {
  return createHash("sha256").update(JSON.stringify(values)).digest().readUInt32LE(0);
}
