import { threeDigits } from "../summary/three-digits.ts";
import type { Manifest } from "../tables/manifest.ts";
import type { HostProfile } from "./host-profile.ts";

/** What two data sets have in common, or not, and what follows for comparing them. */
export interface Condition {
  readonly about: string;
  readonly met: boolean;
  /** What must hold for what: scale-free verdicts, or times in milliseconds as well. */
  readonly neededFor: "verdicts" | "times";
  readonly finding: string;
}

/** Whether two data sets are comparable, with every reason. */
export interface Comparability {
  readonly verdicts: boolean;
  readonly times: boolean;
  readonly conditions: readonly Condition[];
  /** What each experiment that both measured is compared with reserve about; empty where there is nothing. */
  readonly reservations: Readonly<Record<string, readonly string[]>>;
}

const mostInvalidShare = 0.1;
const floorsAgreeWithin = 1.5;

/** Decides what of two data sets can be compared: scale-free verdicts, and beyond them times. */
export function comparability(a: HostProfile, b: HostProfile): Comparability {
  const conditions = [
    ...[experiments, code, runtime, packages, validity].map((find) => find(a, b)),
    ...[profile, hardware, clock, floors].map((find) => find(a, b)),
  ];
  const verdicts = conditions.every(({ met, neededFor }) => met || neededFor !== "verdicts");
  const reservations = Object.fromEntries(
    shared(a, b).map(([one, other]) => [one.experiment, reservationsOf(one, other)]),
  );
  return { verdicts, times: conditions.every(({ met }) => met), conditions, reservations };
}

/** Names what keeps one experiment's verdicts from being compared without reserve. */
function reservationsOf(one: Manifest, other: Manifest): string[] {
  const differences: readonly (readonly [string, unknown, unknown])[] = [
    ["other code", one.code.sha256, other.code.sha256],
    ["other Node.js", one.software.node, other.software.node],
    ["other packages", one.software.lockfileSha256, other.software.lockfileSha256],
  ];
  const least = Math.min(validShareOf(one), validShareOf(other));
  return [
    ...differences.flatMap(([name, of, to]) => (of === to ? [] : [name])),
    ...(least < 1 - mostInvalidShare ? [`${percent(least)} of the runs valid`] : []),
  ];
}

function validShareOf({ runs: { valid, planned } }: Manifest): number {
  return planned === 0 ? 0 : valid / planned;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

type Finder = (a: HostProfile, b: HostProfile) => Condition;

const experiments: Finder = (a, b) => {
  const lacking = [...only(a, b), ...only(b, a)];
  return {
    about: "experiments",
    met: shared(a, b).length > 0,
    neededFor: "verdicts",
    finding:
      lacking.length === 0
        ? "both measured the same experiments"
        : `only one of the two measured ${lacking.join(", ")}`,
  };
};

const code: Finder = (a, b) => {
  const changed = shared(a, b).filter(([one, other]) => one.code.sha256 !== other.code.sha256);
  return {
    about: "code",
    met: changed.length === 0,
    neededFor: "verdicts",
    finding:
      changed.length === 0
        ? "the same code measured both"
        : `other code measured ${names(changed)}: a difference may be the code's`,
  };
};

const runtime: Finder = (a, b) =>
  sameOr("runtime", "verdicts", a, b, ({ software }) => `Node.js ${software.node}`, "may be the runtime's");

const packages: Finder = (a, b) =>
  sameOr(
    "packages",
    "verdicts",
    a,
    b,
    ({ software }) => `lockfile ${software.lockfileSha256?.slice(0, 12) ?? "not told"}`,
    "may be a package's",
  );

const validity: Finder = (a, b) => {
  const busy = shared(a, b).flatMap(([one, other]) => {
    const shares = [validShareOf(one), validShareOf(other)];
    return shares.every((share) => share >= 1 - mostInvalidShare)
      ? []
      : [`${one.experiment} (${shares.map(percent).join(" and ")})`];
  });
  const met = busy.length === 0;
  return {
    about: "validity",
    met,
    neededFor: "verdicts",
    finding: met
      ? "nearly all runs of each experiment are valid on both"
      : `too few runs are valid of ${busy.join(", ")}: the host was too busy, and quiet moments were selected`,
  };
};

const profile: Finder = (a, b) =>
  sameOr("profile", "times", a, b, (manifest) => manifest.profile, "in width of intervals is the design's");

const hardware: Finder = (a, b) =>
  sameOr(
    "hardware",
    "times",
    a,
    b,
    ({ host }) => `${host.cpuModel}, ${host.cores} cores${host.virtualised ? ", virtual" : ""}`,
    "in times is the host's; the verdicts are in units that it does not set",
  );

const clock: Finder = (a, b) =>
  sameOr(
    "clock",
    "times",
    a,
    b,
    ({ host }) => host.clockSource ?? "not told",
    "below a microsecond may be the clock's",
  );

/** p99 without blockers of bare timers and of each executor: no comparison of times can be finer. */
const floors: Finder = ({ floorsP99Ms: a }, { floorsP99Ms: b }) => {
  const about = { about: "noise floor", neededFor: "times" } as const;
  const compared = Object.entries(a).map(([system, { estimate }]) => {
    const other = b[system]?.estimate ?? null;
    return { system, ratio: estimate === null || other === null ? null : other / estimate };
  });
  const told = compared.map(({ system, ratio }) =>
    ratio === null ? `${system} not measured on both` : `${system} ${threeDigits(ratio)}×`,
  );
  const met =
    compared.length > 0 &&
    compared.every(
      ({ ratio }) => ratio !== null && ratio <= floorsAgreeWithin && ratio >= 1 / floorsAgreeWithin,
    );
  if (compared.length === 0) return { ...about, met, finding: "no floor was measured" };
  const finding = `p99 without blockers, second host over first: ${told.join(", ")}`;
  return { ...about, met, finding: met ? finding : `${finding}: times near the floor are not comparable` };
};

function sameOr(
  about: string,
  neededFor: Condition["neededFor"],
  a: HostProfile,
  b: HostProfile,
  fact: (manifest: Manifest) => string,
  consequence: string,
): Condition {
  const pairs = shared(a, b).map((pair) => pair.map(fact) as [string, string]);
  const differing = [
    ...new Set(pairs.filter(([one, other]) => one !== other).map((pair) => pair.join(" and "))),
  ];
  const met = differing.length === 0;
  const same = [...new Set(pairs.map(([one]) => one))].join("; ");
  const finding = met ? `the same: ${same}` : `${differing.join("; ")}: a difference ${consequence}`;
  return { about, met, neededFor, finding };
}

function shared(a: HostProfile, b: HostProfile): [Manifest, Manifest][] {
  return a.manifests.flatMap((one): [Manifest, Manifest][] => {
    const other = b.manifests.find(({ experiment }) => experiment === one.experiment);
    return other ? [[one, other]] : [];
  });
}

function only(a: HostProfile, b: HostProfile): string[] {
  const known = new Set(b.manifests.map(({ experiment }) => experiment));
  return a.manifests.map(({ experiment }) => experiment).filter((experiment) => !known.has(experiment));
}

function names(pairs: readonly [Manifest, Manifest][]): string {
  return pairs.map(([{ experiment }]) => experiment).join(", ");
}
