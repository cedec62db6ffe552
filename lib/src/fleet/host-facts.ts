import { availableParallelism } from "node:os";
import * as v from "valibot";
import { describeHost, type HostDescription } from "../measure/host-description.ts";
import { DataError } from "../measure/study-error.ts";

/** What a host tells of itself when it begins to work: what its share of the design follows from. */
export interface HostFacts {
  readonly description: HostDescription;
  /** Threads it can run at once. */
  readonly parallelism: number;
  /** Version of Node, as in `process.version`. */
  readonly runtime: string;
}

/** Tells what this host is. */
export function hostFacts(): HostFacts {
  return { description: describeHost(), parallelism: availableParallelism(), runtime: process.version };
}

const schema = v.object({
  description: v.object({
    label: v.string(),
    cpuModel: v.string(),
    cores: v.number(),
    memoryGiB: v.number(),
    platform: v.string(),
    arch: v.string(),
    kernel: v.string(),
    clockSource: v.nullable(v.string()),
    governor: v.nullable(v.string()),
    cgroupQuotaCpus: v.nullable(v.number()),
    virtualised: v.nullable(v.boolean()),
  }),
  parallelism: v.pipe(v.number(), v.integer(), v.minValue(1)),
  runtime: v.string(),
});

/**
 * Reads what a host told of itself.
 *
 * @throws {DataError} when it is not what a host of this version tells.
 */
export function readHostFacts(label: string, told: unknown): HostFacts {
  const facts = v.safeParse(schema, told);
  if (facts.success) return facts.output;
  throw new DataError(
    `host tells nothing that this version understands: ${label}; start its \`fleet work\` again, of the same version`,
  );
}
