import { DataError } from "../measure/study-error.ts";
import { cells } from "../summary/cells.ts";
import { type Estimate, missing, quantileOf, scaled } from "../summary/estimate.ts";
import { intervalText } from "../summary/interval-text.ts";
import { mainWorkers } from "../summary/main-workers.ts";
import type { ExperimentDeclaration } from "../tables/experiment-declaration.ts";
import { load } from "../tables/load.ts";
import type { Manifest } from "../tables/manifest.ts";
import { readManifests } from "../tables/read-manifests.ts";

/** More values than these are counted, not listed. */
const mostListed = 4;

/** What decides whether two data sets may be compared. */
export interface HostProfile {
  readonly manifests: readonly Manifest[];
  /** p99 without blockers (ms) of bare timers and of each executor; missing what the blocker sweep did not measure. */
  readonly floorsP99Ms: Readonly<Record<string, Estimate>>;
  /** Share of the runs that broke no validity rule. */
  readonly validShare: number;
}

/**
 * Gathers what a data set says of its host and how it was measured.
 *
 * @throws {DataError} if the folder holds no finished experiment.
 */
export function profileHost(folder: string, declarations: readonly ExperimentDeclaration[]): HostProfile {
  const manifests = readManifests(folder);
  if (manifests.length === 0) {
    throw new DataError(`data set must hold a finished experiment: ${folder}; measure with \`run --out\``);
  }
  const sum = (count: (manifest: Manifest) => number) =>
    manifests.reduce((total, manifest) => total + count(manifest), 0);
  return {
    manifests,
    floorsP99Ms: floorsP99(folder, manifests, declarations),
    validShare: sum(({ runs }) => runs.valid) / sum(({ runs }) => runs.planned),
  };
}

/** Names one fact after the other, with every value that the experiments of a data set have. */
export function hostFactsOf({ manifests, floorsP99Ms, validShare }: HostProfile): Record<string, string> {
  const each = (fact: (manifest: Manifest) => unknown) => {
    const values = [...new Set(manifests.map((manifest) => String(fact(manifest) ?? "not told")))];
    return values.length > mostListed ? `${values.length} different ones` : values.join(", ");
  };
  const workers = new Set(manifests.flatMap(({ parameters }) => parameters.factors["workers"] ?? []));
  return {
    Processor: each(({ host }) => host.cpuModel),
    Cores: each(({ host }) => host.cores),
    Memory: each(({ host }) => `${host.memoryGiB} GiB`),
    System: each(({ host }) => `${host.platform} ${host.kernel}, ${host.arch}`),
    "Virtual machine": each(({ host }) => host.virtualised),
    "Limit of CPUs": each(({ host }) => host.cgroupQuotaCpus ?? "none"),
    "Clock source": each(({ host }) => host.clockSource),
    "Frequency governor": each(({ host }) => host.governor),
    "Node.js": each(({ software }) => `${software.node} (${software.runtime})`),
    "Locked packages": each(({ software }) => software.lockfileSha256?.slice(0, 12)),
    "Code that measured": each(({ code }) => code.sha256.slice(0, 12)),
    Profile: each(({ profile }) => profile),
    Seed: each(({ seed }) => seed),
    "Measured on": each(({ date }) => date),
    Experiments: String(manifests.length),
    "Worker counts": [...workers].join(", "),
    "Valid runs": `${(validShare * 100).toFixed(1)} %`,
    ...Object.fromEntries(
      floorSystems.map((system) => [
        `p99 of ${system} without blockers`,
        floorText(floorsP99Ms[system] ?? missing),
      ]),
    ),
  };
}

function floorText(floor: Estimate): string {
  const text = intervalText(floor);
  return text === null ? "not measured" : `${text} ms`;
}

/** What a delay is at least, where nothing is blocked. */
const floorSystems = ["bare timer", "run-queue", "piscina", "pinned"];

/** The experiment that tells the floors: the blocker sweep, at no blockers. */
export const floorExperiment = "scheduling-delay";

/** Finds the floors under every delay of a host: no comparison of times can be finer. */
export function floorsP99(
  folder: string,
  manifests: readonly Manifest[],
  declarations: readonly ExperimentDeclaration[],
): Record<string, Estimate> {
  const declaration = declarations.find(({ name }) => name === floorExperiment);
  const measured = manifests.some(({ experiment, runs }) => experiment === floorExperiment && runs.valid > 0);
  if (declaration === undefined || !measured)
    return Object.fromEntries(floorSystems.map((of) => [of, missing]));
  const data = load(declaration, folder);
  const at = { part: "base", workers: mainWorkers(data), blockers: 0 };
  return Object.fromEntries(
    floorSystems.map((system) => {
      const of =
        system === "bare timer"
          ? { source: "bare-timer", executor: "run-queue" }
          : { source: "probe", executor: system };
      const [found] = cells(data, { value: "overheadNs", by: [], where: { ...at, ...of } });
      return [system, scaled(quantileOf(found?.byRun ?? [], 0.99), 1e-6)];
    }),
  );
}
