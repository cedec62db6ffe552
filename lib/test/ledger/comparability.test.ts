import { expect, test } from "vitest";
import { comparability } from "../../src/ledger/comparability.ts";
import { type HostProfile, hostFactsOf } from "../../src/ledger/host-profile.ts";
import type { Manifest } from "../../src/tables/manifest.ts";

const host = { cpuModel: "A", cores: 2, virtualised: false, clockSource: "tsc", memoryGiB: 8 };
const software = { node: "26.10.0", runtime: "locked", lockfileSha256: "f".repeat(64) };

interface Changes {
  readonly experiment?: string;
  readonly host?: Partial<typeof host>;
  readonly software?: Partial<typeof software>;
  readonly code?: string;
  readonly profile?: string;
  readonly validShare?: number;
  readonly timerMs?: number | null;
  readonly executorMs?: number;
}

function profile(changes: Changes = {}): HostProfile {
  const { timerMs = 1, validShare = 1, executorMs = 2 } = changes;
  const manifest = {
    experiment: changes.experiment ?? "scheduling-delay",
    profile: changes.profile ?? "full",
    seed: 1,
    date: "2026-11-22",
    host: { ...host, ...changes.host },
    software: { ...software, ...changes.software },
    code: { sha256: changes.code ?? "0".repeat(64) },
    parameters: { factors: { workers: [2, 4] } },
    runs: { planned: 100, valid: 100 * validShare },
  } as unknown as Manifest;
  return {
    manifests: [manifest],
    validShare,
    floorsP99Ms: {
      "bare timer": { estimate: timerMs, low: timerMs, high: timerMs },
      piscina: { estimate: executorMs, low: executorMs, high: executorMs },
    },
  };
}

const unmet = (changes: Changes) =>
  comparability(profile(), profile(changes))
    .conditions.filter(({ met }) => !met)
    .map(({ about }) => about);

test("two campaigns of one host by one code are comparable, times included", () => {
  expect(comparability(profile(), profile())).toMatchObject({ verdicts: true, times: true });
});

test("another machine can be compared by verdicts and not by times", () => {
  const other = profile({ host: { cpuModel: "B", cores: 8, clockSource: "hpet" }, timerMs: 3 });
  const { verdicts, times, conditions } = comparability(profile(), other);
  expect({ verdicts, times }).toEqual({ verdicts: true, times: false });
  const findings = conditions.filter(({ met }) => !met).map(({ finding }) => finding);
  expect(findings).toEqual([
    "A, 2 cores and B, 8 cores: a difference in times is the host's; the verdicts are in units that it does not set",
    "tsc and hpet: a difference below a microsecond may be the clock's",
    "p99 without blockers, second host over first: bare timer 3.00×, piscina 1.00×: times near the floor are not comparable",
  ]);
});

test.each<[string, Changes]>([
  ["code", { code: "1".repeat(64) }],
  ["runtime", { software: { node: "24.1.0" } }],
  ["packages", { software: { lockfileSha256: "e".repeat(64) } }],
  ["validity", { validShare: 0.5 }],
])("other %s leaves not even the verdicts comparable without reservation", (about, changes) => {
  expect(unmet(changes)).toEqual([about]);
  expect(comparability(profile(), profile(changes)).verdicts).toBe(false);
});

test.each<[Changes, string[]]>([
  [{ validShare: 0.9 }, []],
  [{ validShare: 0.89 }, ["validity"]],
  [{ timerMs: 1.5 }, []],
  [{ timerMs: 1.51 }, ["noise floor"]],
  [{ executorMs: 1.34 }, []],
  [{ executorMs: 1.33 }, ["noise floor"]],
])("nine valid runs of ten and floors within half are near enough: %j", (changes, expected) => {
  expect(unmet(changes)).toEqual(expected);
});

test("data sets without a common experiment or a common floor say so", () => {
  expect(unmet({ experiment: "request-timeouts" })).toEqual(["experiments"]);
  expect(unmet({ timerMs: null })).toEqual(["noise floor"]);
  expect(unmet({ executorMs: 3.1 })).toEqual(["noise floor"]);
  expect(unmet({ profile: "quick" })).toEqual(["profile"]);
});

test("the facts of a host are texts, told once where its experiments agree", () => {
  const { manifests } = profile({ experiment: "request-timeouts", profile: "quick" });
  const facts = hostFactsOf({ ...profile(), manifests: [...profile().manifests, ...manifests] });
  expect(facts).toMatchObject({
    Cores: "2",
    Profile: "full, quick",
    Experiments: "2",
    "Worker counts": "2, 4",
  });
});

test("each experiment is judged by itself: another's busy host or other code is no reserve about it", () => {
  const quiet = profile({ experiment: "request-timeouts" });
  const busy = profile({ validShare: 0.89, code: "1".repeat(64) });
  const both = (first: HostProfile, second: HostProfile): HostProfile => ({
    ...first,
    manifests: [...first.manifests, ...second.manifests],
  });
  const { conditions, reservations } = comparability(both(profile(), quiet), both(busy, quiet));
  expect(reservations).toEqual({
    "scheduling-delay": ["other code", "89 % of the runs valid"],
    "request-timeouts": [],
  });
  expect(conditions.find(({ about }) => about === "validity")?.finding).toBe(
    "too few runs are valid of scheduling-delay (100 % and 89 %): the host was too busy, and quiet moments were selected",
  );
});
