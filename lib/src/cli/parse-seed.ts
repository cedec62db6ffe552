import { UsageError } from "../measure/study-error.ts";

/**
 * Reads the seed of a campaign.
 *
 * @throws {UsageError} unless the text is an unsigned 32-bit integer.
 */
export function parseSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (seed < 2 ** 32) return seed;
  throw new UsageError(`seed must be an integer from 0 to ${2 ** 32 - 1}; got ${text}`);
}
