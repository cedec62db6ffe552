import { join } from "node:path";
import type { HostDescription } from "../measure/host-description.ts";
import type { HostState } from "../measure/host-state.ts";
import { parseJson } from "../measure/parse-json.ts";
import { DataError } from "../measure/study-error.ts";
import { manifestSchema } from "./manifest-schema.ts";
import { readText } from "./regular-file.ts";
import { brokenSeals, sealsOf } from "./seals.ts";
import { writeAtomically } from "./write-atomically.ts";

/** How one table was written; any other content of the file is an alteration. */
export interface TableRecord {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 of the file as the campaign wrote it, where the same values were encoded anew since. */
  readonly reencodedFrom?: string | undefined;
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
  readonly profile: "smoke" | "quick" | "full" | "sequential";
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
  readonly replication?:
    | {
        /** Rule of the primary response, with its scale, width and minimum. */
        readonly primary: string;
        readonly scale: string;
        readonly within: number;
        readonly minimum: number;
        readonly cells: readonly CellRecord[];
      }
    | undefined;
  /** How claims were judged in rounds, where a scenario's replicates end once no claim that reads it is open. */
  readonly sequential?:
    | {
        /** Runs of a scenario at each look, and the coverage of the intervals that decide there. */
        readonly looks: readonly { readonly runs: number; readonly level: number }[];
        /** Expected time of all runs of the campaign, of every experiment (ms); null without a limit. */
        readonly budgetMs: number | null;
        /** Claims that were to be decided, where not all. */
        readonly asked?: readonly string[] | undefined;
        /** This experiment's claims: looks taken, and the verdict of the last. */
        readonly claims: readonly {
          readonly claim: string;
          readonly looks: number;
          readonly verdict: string;
        }[];
        /** How many runs the scenarios got that claims read; all others got none. */
        readonly cells: readonly Pick<CellRecord, "part" | "levels" | "runs">[];
      }
    | undefined;
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
  /** Fingerprints of the planned runs, in their order, and of the tables' schemas. */
  readonly identity: { readonly design: string; readonly tables: string };
  /** Fingerprint of everything planned: another campaign, another fingerprint. */
  readonly plan: string;
  readonly tables: { readonly runs: TableRecord; readonly samples: TableRecord };
}

export const manifestFile = "manifest.json";
/** Where a campaign under way keeps its runs, within its experiment's folder; it goes when the manifest is there. */
export const unfinishedFolder = "unfinished";

const remedy = "restore it from version control, or finish the campaign by running its command again";

/**
 * Reads the manifest of one experiment's folder.
 *
 * @throws {DataError} when it is missing, not a manifest, or edited since it was written.
 */
export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestFile);
  const { seals, ...manifest } = parseJson(readText(path, "manifest", remedy), manifestSchema, {
    noun: "manifest",
    path,
    remedy,
  });
  const broken = brokenSeals(manifest, seals);
  if (broken.length > 0) {
    throw new DataError(
      `manifest was altered: ${path}, ${broken.join(", ")} not as it was sealed; ${remedy}`,
    );
  }
  return manifest;
}

/**
 * Checks that a manifest is byte for byte as {@link writeManifest} writes its content, however git ended its lines.
 *
 * @throws {DataError} when it is not.
 */
export function checkSpelling(folder: string, manifest: Manifest): void {
  const path = join(folder, manifestFile);
  if (readText(path, "manifest", remedy).replaceAll("\r\n", "\n") === spell(manifest)) return;
  throw new DataError(`manifest was altered: ${path} is not spelt as it was written; ${remedy}`);
}

/** Writes a manifest with a seal on each of its fields, whole or not at all. See {@link writeAtomically}. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeAtomically(join(folder, manifestFile), spell(manifest));
}

function spell(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, seals: sealsOf(manifest) }, null, 2)}\n`;
}
