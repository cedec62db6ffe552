import { type BetweenGroups, betweenGroups, type GroupEstimate } from "../../stats/between-group-variance.ts";
import type { Interval } from "../../stats/interval.ts";
import { normalQuantile } from "../../stats/normal-quantile.ts";
import { wilsonInterval } from "../../stats/wilson-interval.ts";
import { usualLevel } from "../../summary/confidence-level.ts";
import { experimentFolder } from "../../tables/data-folder.ts";
import { load } from "../../tables/load.ts";
import type { Claim } from "../claim.ts";
import type { JudgedStudy } from "../evaluate-ledger.ts";
import type { Judgement } from "../judge.ts";
import { judgeInRounds } from "../judge-at-look.ts";
import { judgeable } from "../judgeable.ts";
import { type Admission, type AdmittedTable, admit, damaged, type RefusedTable } from "./admission.ts";
import { closedInterval } from "./closed-interval.ts";
import { type FactorFinding, findFactors, type HostFactors, hostFactors } from "./host-factors.ts";

/** One claim as one host judges it. */
export interface HostVerdict extends Judgement {
  readonly host: string;
}

/** How the estimates of a claim scatter between hosts. */
export interface Spread extends BetweenGroups {
  /** Estimates that took part: those with an interval closed on both sides, by finite bounds. */
  readonly hosts: number;
  /** Whether the numbers are logarithms: where every interval of the claim lies above zero. */
  readonly log: boolean;
}

/** One claim over several hosts. */
export interface ClaimOverHosts {
  readonly claim: Claim;
  /** One for each host whose table was admitted, in the order of the hosts. */
  readonly verdicts: readonly HostVerdict[];
  readonly holds: number;
  readonly fails: number;
  readonly open: number;
  /** Share of the hosts that decide the claim on which it holds; null where none does. Hosts are the units. */
  readonly share: Interval | null;
  /** Null with fewer than two estimates, where one has no width or too much, or where hosts show different parts of the claim. */
  readonly spread: Spread | null;
}

/** The ledger over hosts. */
export interface HostsLedger {
  readonly hosts: readonly HostFactors[];
  readonly refused: readonly RefusedTable[];
  readonly claims: readonly ClaimOverHosts[];
  readonly factors: readonly FactorFinding[];
}

/**
 * Judges every claim by every host's data: which tables count is decided first, then one table after the other is judged and
 * let go, so that memory does not grow with the number of hosts.
 *
 * @param folders data sets, one a host
 */
export function judgeHosts(folders: readonly string[], studies: readonly JudgedStudy[]): HostsLedger {
  const declarations = studies.flatMap(({ experiment }) => (experiment ? [experiment()] : []));
  const { admitted, refused }: Admission = admit(folders, declarations);
  const claims = studies.flatMap((study) => study.claims);
  const verdicts = new Map<Claim, HostVerdict[]>(claims.map((claim) => [claim, []]));
  const unread: RefusedTable[] = [];
  const counted: AdmittedTable[] = [];
  for (const table of admitted) {
    const { experiment } = table.manifest;
    const declaration = declarations.find(({ name }) => name === experiment);
    if (!declaration) continue;
    const concerned = claims.filter((claim) => claim.experiment === experiment);
    try {
      const data = load(declaration, table.folder);
      const own = experimentFolder(declaration, table.folder);
      // A table counts for all of its claims or for none.
      const judged = concerned.map(
        (claim) => [claim, judgeable(claim, own, () => judgeInRounds(claim, data))] as const,
      );
      for (const [claim, judgement] of judged) verdicts.get(claim)?.push({ host: table.host, ...judgement });
      counted.push(table);
    } catch (error) {
      unread.push({ host: table.host, experiment, reason: damaged(error) });
    }
  }
  const rows = claims.map((claim) => overHosts(claim, verdicts.get(claim) ?? []));
  const hosts = hostFactors(counted);
  return { hosts, refused: [...refused, ...unread], claims: rows, factors: findFactors(rows, hosts) };
}

/** Sums up the verdicts of several hosts on one claim. */
export function overHosts(claim: Claim, verdicts: readonly HostVerdict[]): ClaimOverHosts {
  const count = (wanted: Judgement["verdict"]) => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const [holds, fails] = [count("holds"), count("fails")];
  return {
    claim,
    verdicts,
    holds,
    fails,
    open: verdicts.length - holds - fails,
    share: holds + fails > 0 ? wilsonInterval(holds, holds + fails) : null,
    spread: spreadOf(verdicts),
  };
}

function spreadOf(verdicts: readonly HostVerdict[]): Spread | null {
  const parts = new Set(verdicts.map((verdict) => verdict.parts?.shown));
  if (parts.size > 1) return null;
  const closed = verdicts.flatMap((verdict) => {
    const interval = closedInterval(verdict);
    return interval === null ? [] : [{ ...interval, level: verdict.level ?? usualLevel }];
  });
  const log = closed.every(({ low }) => low > 0);
  const scale = (value: number) => (log ? Math.log(value) : value);
  const groups = closed.map(({ estimate, low, high, level }) => ({
    estimate: scale(estimate),
    variance: ((scale(high) - scale(low)) / standardErrorsAcross(level)) ** 2,
  }));
  const isKnown = ({ variance }: GroupEstimate) => variance > 0 && Number.isFinite(variance);
  if (groups.length < 2 || !groups.every(isKnown)) return null;
  return { ...betweenGroups(groups), hosts: groups.length, log };
}

/** The width of an interval of this coverage, in standard errors. */
function standardErrorsAcross(level: number): number {
  return 2 * normalQuantile((1 + level) / 2);
}
