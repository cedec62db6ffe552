import { levelText, usualLevel } from "../../summary/confidence-level.ts";
import { closedInterval } from "./closed-interval.ts";
import type { HostsLedger } from "./judge-hosts.ts";

/**
 * Gathers one claim's estimates by host for a forest plot, hosts in order of their estimates, and their mean last where two or
 * more carry it. Estimates without a closed interval are left out; a host whose interval is not of 95 % says so beside its name.
 */
export function forestRows({ claims }: HostsLedger, id: string) {
  const row = claims.find(({ claim }) => claim.id === id);
  const hosts = (row?.verdicts ?? [])
    .flatMap(({ host, level = usualLevel, ...judgement }) => {
      const interval = closedInterval(judgement);
      const label = level === usualLevel ? host : `${host} (${levelText(level)})`;
      return interval === null ? [] : [{ label, ...interval, isSummary: false }];
    })
    .sort((a, b) => b.estimate - a.estimate);
  const { spread = null } = row ?? {};
  if (spread === null) return hosts;
  const back = (value: number) => (spread.log ? Math.exp(value) : value);
  const summary = {
    label: `mean of ${spread.hosts}`,
    estimate: back(spread.mean),
    low: back(spread.meanLow),
    high: back(spread.meanHigh),
    isSummary: true,
  };
  return [...hosts, summary];
}
