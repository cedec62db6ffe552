import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HostDescription } from "../measure/host-description.ts";
import type { HostState } from "../measure/host-state.ts";
import { DataError } from "../measure/study-error.ts";

/** How one table was written; any other content of the file is an alteration. */
export interface TableRecord {
  readonly rows: number;
  readonly sha256: string;
}

/** How the replicates of one scenario of one part of the design ended. */
export interface CellRecord {
  readonly part: string;
  readonly levels: Readonly<Record<string, string | number>>;
  /** The most runs it could get. */
  readonly cap: number;
  readonly runs: number;
  readonly valid: number;
  /** Reached by the valid runs, in the unit of the rule's `within`; null where they carry no interval. */
  readonly precision: number | null;
  readonly ended: "precise" | "capped";
  /** Time of the runs that were not needed, had each taken as long as those that were made (ms). */
  readonly savedMs: number;
}

/** Everything about a campaign that its tables do not hold. Names no person, host or folder. */
export interface Manifest {
  readonly experiment: string;
  readonly question: string;
  readonly profile: string;
  /** Seed of the order of runs and of every run's own seed. */
  readonly seed: number;
  /** Day the campaign began, UTC. */
  readonly date: string;
  readonly warnings: readonly string[];
  readonly runs: {
    /** Runs the design came to: every replicate, less those that `replication` says were not needed. */
    readonly planned: number;
    readonly valid: number;
    /** Broken rule to number of runs; a run can break several. */
    readonly invalid: Readonly<Record<string, number>>;
  };
  readonly parameters: {
    readonly blocks: number;
    readonly factors: Readonly<Record<string, readonly (string | number)[]>>;
    readonly parts: readonly {
      readonly name: string;
      readonly scenarios: number;
      readonly replicates: number;
    }[];
    /** Levels the campaign was restricted to. */
    readonly restriction: Readonly<Record<string, readonly (string | number)[]>>;
  };
  /** How replicates ended, where they end once a scenario is known well enough; absent where their number is fixed. */
  readonly replication?: {
    /** Rule of the primary response, with its scale, width and minimum. */
    readonly primary: string;
    readonly scale: string;
    readonly within: number;
    readonly minimum: number;
    readonly cells: readonly CellRecord[];
  };
  readonly validityRules: readonly string[];
  readonly host: HostDescription;
  readonly conditions: { readonly before: HostState; readonly after: HostState };
  readonly software: {
    readonly node: string;
    readonly v8: string;
    readonly libuv: string;
    /** Node flags of the measured processes. */
    readonly flags: readonly string[];
    /** Whether the runtime is the one the lockfile names. */
    readonly runtime: "locked" | "system";
    readonly packages: Readonly<Record<string, string>>;
    readonly lockfileSha256: string | null;
  };
  readonly code: {
    readonly commit: string | null;
    /** Whether the working tree differed from the commit. */
    readonly dirty: boolean | null;
    /** SHA-256 over the code that measures. */
    readonly sha256: string;
  };
  /** Fingerprint of everything planned: another campaign, another fingerprint. */
  readonly plan: string;
  readonly tables: { readonly runs: TableRecord; readonly samples: TableRecord };
}

export const manifestFile = "manifest.json";

/**
 * Reads the manifest of one experiment's folder.
 *
 * @throws {DataError} when it is missing or not a manifest.
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestFile);
  if (!existsSync(path)) {
    throw new DataError(
      `manifest is missing: ${path}; finish the campaign by running its command again, or restore it from version control`,
    );
  }
  try {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    const { runs, samples } = manifest.tables;
    if (
      ![runs, samples].every(({ rows, sha256 }) => Number.isInteger(rows) && /^[0-9a-f]{64}$/.test(sha256))
    ) {
      throw new TypeError("tables need rows and sha256");
    }
    if (typeof manifest.host.label !== "string" || typeof manifest.experiment !== "string") {
      throw new TypeError("experiment and host need names");
    }
    return manifest;
  } catch (cause) {
    throw new DataError(`manifest is damaged: ${path} (${String(cause)}); restore it from version control`, {
      cause,
    });
  }
}
