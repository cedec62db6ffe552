import { threeDigits } from "../../summary/three-digits.ts";
import { admissionRules } from "./admission.ts";
import type { ClaimOverHosts, HostsLedger, Spread } from "./judge-hosts.ts";

/** Lays out the rules of admission. */
export function admissionTable() {
  return admissionRules.map((rule) => {
    const [name = "", ...meaning] = rule.split(": ");
    return { rule: name, "admitted if": meaning.join(": ") };
  });
}

/** Lays out the hosts that count, with their factors. */
export function countedHostsTable({ hosts }: HostsLedger) {
  return hosts.map(({ host, experiments, factors }) => ({ host, experiments, ...factors }));
}

/** Lays out what was refused, and why. */
export function refusedTable({ refused }: HostsLedger) {
  return refused.map(({ host, experiment, reason }) => ({ host, experiment, reason }));
}

/** Lays out each claim over the hosts: on how many it holds, fails or is open, and the share with its interval. */
export function hostsLedgerTable({ claims }: HostsLedger) {
  return claims
    .filter(({ verdicts }) => verdicts.length > 0)
    .map((row) => ({
      claim: row.claim.statement,
      "holds on": row.holds,
      "fails on": row.fails,
      "open on": row.open,
      "share of deciding hosts (95 % interval)": shareText(row),
      "fails where": row.verdicts
        .flatMap(({ host, verdict }) => (verdict === "fails" ? [host] : []))
        .join(", "),
    }));
}

/** Lays out how far the estimates of hosts lie apart, for the claims that two or more hosts carry. */
export function spreadTable({ claims }: HostsLedger) {
  return claims.flatMap(({ claim, spread }) =>
    spread === null
      ? []
      : [
          {
            claim: claim.id,
            hosts: spread.hosts,
            "mean over hosts (95 % interval)": `${number(spread, spread.mean)} (${number(spread, spread.meanLow)} to ${number(spread, spread.meanHigh)})`,
            scale: spread.log ? "factor" : "difference",
            "between hosts (95 % interval)": `${apart(spread, spread.variance)} (${apart(spread, spread.varianceLow)} to ${apart(spread, spread.varianceHigh)})`,
            "share of the scatter": `${Math.round(100 * spread.share)} %`,
          },
        ],
  );
}

/** Lays out which factors of hosts go with verdicts, the clearest first. */
export function factorsTable({ factors }: HostsLedger) {
  return [...factors]
    .sort((a, b) => a.pValue - b.pValue)
    .map(({ claim, factor, levels, pValue }) => ({
      claim,
      factor,
      "holds on": Object.entries(levels)
        .map(([level, [holds, decided]]) => `${level}: ${holds} of ${decided}`)
        .join("; "),
      "p (all tried together)": pValue.toFixed(2),
    }));
}

/** Spells the share of hosts on which a claim holds. */
export function shareText({ share }: ClaimOverHosts): string {
  if (share === null) return "–";
  const percent = (value: number) => `${Math.round(100 * value)}`;
  return `${percent(share.estimate)} % (${percent(share.low)} to ${percent(share.high)})`;
}

/** One standard deviation between hosts: a factor on the logarithmic scale, else a difference. */
function apart({ log }: Spread, variance: number): string {
  const deviation = Math.sqrt(variance);
  return log ? `× ${threeDigits(Math.exp(deviation))}` : `± ${threeDigits(deviation)}`;
}

function number({ log }: Spread, value: number): string {
  return threeDigits(log ? Math.exp(value) : value);
}
