import { basename, join, sep } from "node:path";
import { projectRoot } from "../../measure/project-root.ts";
import { DataError } from "../../measure/study-error.ts";
import { threeDigits } from "../../summary/three-digits.ts";
import { benchFolder } from "../../tables/bench-results.ts";
import { foldersIn } from "../../tables/data-folder.ts";
import type { ExperimentDeclaration } from "../../tables/experiment-declaration.ts";
import { type Manifest, readManifest } from "../../tables/manifest.ts";
import { floorExperiment, floorsP99 } from "../host-profile.ts";

/** One experiment of one host that the ledger over hosts may count. */
export interface AdmittedTable {
  readonly host: string;
  /** Of the host's data set. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** One experiment of one host that it may not count, and why. */
export interface RefusedTable {
  readonly host: string;
  readonly experiment: string;
  readonly reason: string;
}

/** What is counted of several hosts' data, decided before any verdict is known. */
export interface Admission {
  readonly admitted: readonly AdmittedTable[];
  readonly refused: readonly RefusedTable[];
}

const leastValidShare = 0.9;
const highestFloorMs = 5;

/** The rules in words, in the order in which they are applied. */
export const admissionRules: readonly string[] = [
  "manifest: it is readable, unaltered, and of an experiment that this version knows",
  "profile: it is not a smoke test",
  `validity: at least ${100 * leastValidShare} % of its runs broke no validity rule; fewer are selected quiet moments`,
  "once: no other host has the same tables",
  `floor: p99 of the host's bare timer is at most ${highestFloorMs} ms, where a blocker sweep was measured and can be read`,
  "code: the code that measured it is that of most hosts, or of the first named among equals",
  "runtime: so is the version of Node.js",
];

/**
 * Decides which tables of which hosts are counted, from their manifests and the noise of their timers alone.
 *
 * @param folders data sets, one a host
 * @param declarations the experiments that this version knows
 */
export function admit(folders: readonly string[], declarations: readonly ExperimentDeclaration[]): Admission {
  const refused: RefusedTable[] = [];
  let tables = folders.flatMap((folder) => readTables(folder, declarations, refused));
  const keep = (reasonAgainst: (table: AdmittedTable, all: readonly AdmittedTable[]) => string | null) => {
    const judged = tables.map((table) => ({ table, reason: reasonAgainst(table, tables) }));
    for (const { table, reason } of judged) if (reason !== null) refused.push(refusal(table, reason));
    tables = judged.flatMap(({ table, reason }) => (reason === null ? [table] : []));
  };
  keep(({ manifest }) => (manifest.profile === "smoke" ? "profile: a smoke test decides nothing" : null));
  keep(({ manifest }) => validity(manifest));
  keep((table, all) => copied(table, all));
  const floors = floorsOf(tables, declarations);
  keep((table) => floors.get(table) ?? null);
  keep((table, all) => unlikeMost("code", table, all, ({ code }) => code.sha256.slice(0, 12)));
  keep((table, all) => unlikeMost("runtime", table, all, ({ software }) => `Node.js ${software.node}`));
  return { admitted: tables, refused };
}

function readTables(
  folder: string,
  declarations: readonly ExperimentDeclaration[],
  refused: RefusedTable[],
): AdmittedTable[] {
  const host = basename(folder);
  const known = declarations.map(({ name }) => name);
  return foldersIn(folder)
    .map((path) => basename(path))
    .filter((name) => name !== benchFolder)
    .flatMap((experiment): AdmittedTable[] => {
      try {
        const manifest = readManifest(join(folder, experiment));
        if (manifest.experiment === experiment && known.includes(experiment))
          return [{ host, folder, manifest }];
        refused.push({ host, experiment, reason: "manifest: this version knows no such experiment" });
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        refused.push({ host, experiment, reason: `manifest: ${seenFromTop(error.message)}` });
      }
      return [];
    });
}

/** Writes paths in a reason as seen from the project's top: what is published names no folder of a machine. */
function seenFromTop(message: string): string {
  return message.replaceAll(`${projectRoot}${sep}`, "");
}

function validity({ runs: { valid, planned } }: Manifest): string | null {
  const share = planned === 0 ? 0 : valid / planned;
  return share >= leastValidShare ? null : `validity: ${Math.floor(share * 100)} % of its runs are valid`;
}

function copied(table: AdmittedTable, all: readonly AdmittedTable[]): string | null {
  const { sha256 } = table.manifest.tables.samples;
  const first = all.find(
    ({ manifest }) =>
      manifest.experiment === table.manifest.experiment && manifest.tables.samples.sha256 === sha256,
  );
  return first === table ? null : `once: ${first?.host} has the same table`;
}

/**
 * Why tables are refused for their host's floor: all of one whose timers are too noisy; of one whose blocker sweep is damaged
 * that alone, as its floor is not known then.
 */
function floorsOf(
  tables: readonly AdmittedTable[],
  declarations: readonly ExperimentDeclaration[],
): ReadonlyMap<AdmittedTable, string> {
  const hosts = Map.groupBy(tables, ({ folder }) => folder);
  return new Map(
    [...hosts].flatMap(([folder, own]): [AdmittedTable, string][] => {
      const manifests = own.map(({ manifest }) => manifest);
      try {
        const estimate = floorsP99(folder, manifests, declarations)["bare timer"]?.estimate ?? null;
        if (estimate === null || estimate <= highestFloorMs) return [];
        return own.map((table) => [table, `floor: p99 of the bare timer is ${threeDigits(estimate)} ms`]);
      } catch (error) {
        const reason = damaged(error);
        return own
          .filter(({ manifest }) => manifest.experiment === floorExperiment)
          .map((table) => [table, reason]);
      }
    }),
  );
}

/** Spells why a table that is damaged is not counted. */
export function damaged(error: unknown): string {
  if (!(error instanceof DataError)) throw error;
  return `table: ${seenFromTop(error.message)}`;
}

function unlikeMost(
  rule: string,
  table: AdmittedTable,
  all: readonly AdmittedTable[],
  fact: (manifest: Manifest) => string,
): string | null {
  const facts = all
    .filter(({ manifest }) => manifest.experiment === table.manifest.experiment)
    .map(({ manifest }) => fact(manifest));
  const count = (one: string) => facts.filter((other) => other === one).length;
  // The first of those that are equally common stays the most common.
  const most = facts.reduce((best, one) => (count(one) > count(best) ? one : best));
  const own = fact(table.manifest);
  return own === most ? null : `${rule}: ${own}, where those that count have ${most}`;
}

function refusal({ host, manifest }: AdmittedTable, reason: string): RefusedTable {
  return { host, experiment: manifest.experiment, reason };
}
