import type { Dataset } from "../../tables/load.ts";
import type { Runs } from "../estimate.ts";

/** A probe sleeps this long after each poll. */
const sleepNs = 10e6;

type Row = Readonly<Record<string, number | string | null>>;

/** Overheads of the probes beside so many callers of a source, by run (ns). */
export type ProbesBeside = (source: string, callers: number) => Runs;

/**
 * Gathers the overheads of the probes while all of the callers were still calling. Callers end with their own last call,
 * not together; a probe that is due after the first of them has ended meets a free worker:
 *
 *     caller 0   ███████ ███████            both hold until here, then only caller 1
 *     caller 1   █████████ █████████
 *     probe      ·     |·    |·  |·|·|·     the last two are due beside one caller and left out
 *
 * When that was follows from the closed loops: a caller has called for as long as its holds add up to, and a probe is due
 * 10 ms after its last poll.
 */
export function probesBesideCallers(dataset: Dataset): ProbesBeside {
  const groups = Map.groupBy(dataset.samples.objects() as Row[], ({ source, callers }) =>
    key(source, callers),
  );
  return (source, callers) => {
    const byRun = Map.groupBy(groups.get(key(source, callers)) ?? [], ({ run }) => Number(run));
    return [...byRun].sort(([a], [b]) => a - b).map(([, ofRun]) => whileAllCall(ofRun));
  };
}

function key(source: Row[string] | undefined, callers: Row[string] | undefined): string {
  return `${source} beside ${callers}`;
}

function whileAllCall(rows: readonly Row[]): Float64Array {
  const calls = rows.filter(({ kind }) => kind === "call");
  const probes = rows.filter(({ kind }) => kind === "probe");
  const endNs = Math.min(...[...byNumber(calls).values()].map((ofCaller) => total(ofCaller, "heldNs")));
  return Float64Array.from(
    [...byNumber(probes).values()].flatMap((ofProbe) => dueBefore(endNs, inOrder(ofProbe))),
  );
}

/** Overheads of one probe's polls that were due before the end. */
function dueBefore(endNs: number, polls: readonly Row[]): number[] {
  const overheads: number[] = [];
  let dueNs = 0;
  for (const poll of polls) {
    if (dueNs >= endNs) break;
    const overheadNs = Number(poll["overheadNs"]);
    overheads.push(overheadNs);
    dueNs += overheadNs + sleepNs;
  }
  return overheads;
}

function byNumber(rows: readonly Row[]): Map<number, Row[]> {
  return Map.groupBy(rows, (row) => Number(row["number"]));
}

function inOrder(polls: readonly Row[]): Row[] {
  return polls.toSorted((a, b) => Number(a["round"]) - Number(b["round"]));
}

function total(rows: readonly Row[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}
