import { holm } from "../../stats/holm.ts";
import { seededRandom, shuffle } from "../../stats/random.ts";
import type { AdmittedTable } from "./admission.ts";
import type { ClaimOverHosts } from "./judge-hosts.ts";

/** What a host is, as far as it may go with verdicts. */
export interface HostFactors {
  readonly host: string;
  readonly experiments: number;
  readonly factors: Readonly<Record<string, string>>;
}

/** A factor of hosts beside the verdicts of a claim that holds on some and fails on others. */
export interface FactorFinding {
  readonly claim: string;
  readonly factor: string;
  /** Level to hosts on which the claim holds, and hosts that decide it. */
  readonly levels: Readonly<Record<string, readonly [holds: number, decided: number]>>;
  /** How likely as uneven a share is if the factor did not matter; over all claims and factors together. */
  readonly pValue: number;
}

/** Reads the factors of the hosts whose tables count. */
export function hostFactors(tables: readonly AdmittedTable[]): HostFactors[] {
  const hosts = [...new Set(tables.map(({ host }) => host))];
  return hosts.map((host) => {
    const own = tables.filter((table) => table.host === host);
    const { cores, clockSource, kernel, virtualised, cgroupQuotaCpus, cpuModel, arch } =
      own[0]?.manifest.host ?? {};
    return {
      host,
      experiments: own.length,
      factors: {
        cores: String(cores),
        processor: String(cpuModel),
        architecture: String(arch),
        clock: clockSource ?? "not told",
        kernel: /^\d+\.\d+/.exec(kernel ?? "")?.[0] ?? "not told",
        virtual: virtualised === null || virtualised === undefined ? "not told" : String(virtualised),
        quota: cgroupQuotaCpus === null || cgroupQuotaCpus === undefined ? "none" : String(cgroupQuotaCpus),
      },
    };
  });
}

const permutations = 9999;

/**
 * Finds which factors of hosts go with the verdicts, claim by claim: verdicts are dealt anew to the hosts at random, and the
 * share of deals as uneven as the one observed is the p-value, adjusted for all that were tried. What goes together need not
 * be cause and effect: hosts that differ in one factor differ in others.
 */
export function findFactors(
  claims: readonly ClaimOverHosts[],
  hosts: readonly HostFactors[],
): FactorFinding[] {
  const factorOf = new Map(hosts.map(({ host, factors }) => [host, factors]));
  const tried = claims.flatMap(({ claim, verdicts, holds, fails }) => {
    if (holds === 0 || fails === 0) return [];
    const decided = verdicts.filter(({ verdict }) => verdict !== "not testable here");
    const outcomes = decided.map(({ verdict }) => (verdict === "holds" ? 1 : 0));
    return Object.keys(hosts[0]?.factors ?? {}).flatMap((factor) => {
      const levels = decided.map(({ host }) => factorOf.get(host)?.[factor] ?? "not told");
      if (new Set(levels).size < 2) return [];
      return [
        { claim: claim.id, factor, levels: countLevels(levels, outcomes), p: dealAnew(levels, outcomes) },
      ];
    });
  });
  const adjusted = holm(tried.map(({ p }) => p));
  return tried.map(({ p: _, ...finding }, i) => ({ ...finding, pValue: adjusted[i] ?? 1 }));
}

function countLevels(levels: readonly string[], outcomes: readonly number[]): FactorFinding["levels"] {
  const names = [...new Set(levels)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return Object.fromEntries(
    names.map((name) => {
      const own = outcomes.filter((_, i) => levels[i] === name);
      return [name, [own.reduce((sum, outcome) => sum + outcome, 0), own.length] as const];
    }),
  );
}

function dealAnew(levels: readonly string[], outcomes: readonly number[]): number {
  const random = seededRandom(1);
  const observed = unevenness(levels, outcomes);
  let asUneven = 1;
  for (let deal = 0; deal < permutations; deal++) {
    if (unevenness(levels, shuffle(outcomes, random)) >= observed - 1e-12) asUneven++;
  }
  return asUneven / (permutations + 1);
}

/** Squared distance of each level's share from the common one, weighed by its hosts; the other outcome only mirrors it. */
function unevenness(levels: readonly string[], outcomes: readonly number[]): number {
  const common = outcomes.reduce((sum, outcome) => sum + outcome, 0) / outcomes.length;
  return Object.values(countLevels(levels, outcomes)).reduce(
    (sum, [holds, decided]) => sum + (holds - common * decided) ** 2 / decided,
    0,
  );
}
