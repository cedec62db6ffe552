import { printable } from "../printable.ts";
import type { Incident } from "./incident.ts";

/**
 * Says an incident in one sentence: *task `resize` held 4 of 4 workers of pool `images` for 812 ms; 37 tasks waited, the
 * longest 611 ms (`thumbnail`); parked, not computing; 4 % of the wait is not attributable*.
 */
export function incidentLine(incident: Incident): string {
  return printable(sentence(incident));
}

function sentence(incident: Incident): string {
  if (incident.kind === "libuv") return libuvLine(incident);
  if (incident.kind === "main") return mainLine(incident);
  return [
    `${holders(incident)} for ${milliseconds(incident.starvedNs)}${incident.endedNs === null ? " so far" : ""}`,
    waits(incident),
    threads(incident),
    ...behindMain(incident),
    `${percent(incident.notAttributable)} of the wait is not attributable`,
    ...where(incident),
  ].join("; ");
}

/** How many culprits and frames a line names. */
const named = 3;

/** A smaller share is not worth a line. */
const leastShare = 0.005;

function holders({ culprits: all, workers, pool, endedNs }: Incident): string {
  const culprits = all.filter(({ share }) => share >= leastShare);
  const verb = endedNs === null ? (culprits.length === 1 ? "holds" : "hold") : "held";
  const [first] = culprits;
  if (first === undefined)
    return `nobody that is known ${verb} ${workers} of ${workers} workers of pool \`${pool}\``;
  if (culprits.length === 1) {
    return `task \`${first.task}\` ${verb} ${first.workers} of ${workers} workers of pool \`${pool}\``;
  }
  const list = culprits.slice(0, named).map(({ task, share }) => `\`${task}\` (${percent(share)})`);
  const more = culprits.length > named ? ` and ${culprits.length - named} more` : "";
  return `tasks ${list.join(", ")}${more} ${verb} ${workers} of ${workers} workers of pool \`${pool}\``;
}

function libuvLine({ starvedNs, endedNs }: Incident): string {
  const waits = endedNs === null ? "waits" : "waited";
  const soFar = endedNs === null ? " so far" : "";
  const held = endedNs === null ? "holds" : "held";
  return `a trivial call ${waits} ${milliseconds(starvedNs)}${soFar} for libuv's pool; who ${held} it, if anybody, is not attributable`;
}

function mainLine(incident: Incident): string {
  const verb = incident.endedNs === null ? "is" : "was";
  const soFar = incident.endedNs === null ? " so far" : "";
  return [
    `the main thread ${verb} blocked for ${milliseconds(incident.starvedNs)}${soFar}`,
    incident.victims.length === 0 ? "no watched task waited for it" : waits(incident),
    threads(incident),
    ...where(incident),
  ].join("; ");
}

function waits({ victims, endedNs }: Incident): string {
  const count = victims.reduce((sum, victim) => sum + victim.count, 0);
  const [worst] = victims;
  if (worst === undefined) return "nobody that is known waited";
  const verb = endedNs === null ? (count === 1 ? "waits" : "wait") : "waited";
  return `${count} ${count === 1 ? "task" : "tasks"} ${verb}, the longest ${milliseconds(worst.longestWaitNs)} (\`${worst.task}\`)`;
}

function threads({ threads }: Incident): string {
  if (threads === null) return "whether parked or computing is not known here";
  const { computing, withoutCore } = threads;
  if (computing <= 0.1) return "parked, not computing";
  const cores = withoutCore >= 0.2 ? ` (${percent(withoutCore)} of the time without a core)` : "";
  return computing >= 0.8
    ? `computing${cores}`
    : `computing ${percent(computing)} of the time, else parked${cores}`;
}

function behindMain({ behindMainThread }: Incident): string[] {
  return behindMainThread < 0.005 ? [] : [`${percent(behindMainThread)} of the wait was for the main thread`];
}

function where({ stack, noStack }: Incident): string[] {
  if (stack !== null) return [`at ${stack.split("\n").slice(0, named).join(" < ")}`];
  return noStack === null ? [] : [`no stack: ${noStack}`];
}

function milliseconds(ns: number): string {
  return `${Math.round(ns / 1e6)} ms`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
