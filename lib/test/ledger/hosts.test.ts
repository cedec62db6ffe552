import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { forestPlot } from "../../src/drawing/forest-plot.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { forestRows } from "../../src/ledger/hosts/forest-rows.ts";
import { factorsTable, hostsLedgerTable, spreadTable } from "../../src/ledger/hosts/hosts-tables.ts";
import { hostsValues } from "../../src/ledger/hosts/hosts-values.ts";
import { judgeHosts, overHosts } from "../../src/ledger/hosts/judge-hosts.ts";
import { allOf, atLeast } from "../../src/ledger/judge.ts";
import { makeHeldFolder } from "../../src/measure/held-folder.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { scratchFolder } from "../../src/publish/scratch-folder.ts";
import type { Manifest } from "../../src/tables/manifest.ts";
import { wholeManifest } from "../tables/whole-manifest.ts";
import { doubling, lookedAtOnce, single, writeHost } from "./fixtures/host-data-set.ts";

const studies = [{ claims: [doubling], experiment: () => single }];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hosts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const withCores = (cores: number): Partial<Manifest> => ({ host: { ...wholeManifest().host, cores } });

test("one host is a ledger too: a share of one host, and no scatter", () => {
  const ledger = judgeHosts([writeHost(join(temporaryFolder(), "lonely"), 3, 0.5)], studies);
  expect(ledger.claims).toMatchObject([
    { holds: 1, fails: 0, open: 0, spread: null, share: { estimate: 1 } },
  ]);
  expect(hostsLedgerTable(ledger)[0]?.["share of deciding hosts (95 % interval)"]).toBe("100 % (21 to 100)");
  expect(ledger.refused).toEqual([]);
  expect(ledger.factors).toEqual([]);
});

test("fifty hosts: who holds, who fails, who is open, how far they lie apart, and what goes with it", () => {
  const folder = temporaryFolder();
  // Hosts of 8 cores hold, those of 2 fail, and one of them cannot tell.
  const hosts = Array.from({ length: 50 }, (_, i) => {
    const large = i % 2 === 0;
    const ratio = (large ? 3 : 1) + i / 1000;
    return writeHost(join(folder, `host-${i}`), i === 49 ? 2 : ratio, 0.2, withCores(large ? 8 : 2));
  });
  const ledger = judgeHosts(hosts, studies);
  const [row] = ledger.claims;
  expect(row).toMatchObject({ holds: 25, fails: 24, open: 1, share: { estimate: 25 / 49 } });
  expect(row?.verdicts.map(({ host }) => host)).toEqual(hosts.map((_, i) => `host-${i}`));
  expect(row?.spread).toMatchObject({ hosts: 50, log: true });
  // Half the hosts lie at three, half at one: on the logarithmic scale, about half of log 3 from their middle.
  expect(Math.sqrt(row?.spread?.variance ?? 0)).toBeCloseTo(Math.log(3) / 2, 1);
  expect(spreadTable(ledger)[0]).toMatchObject({ claim: "doubling", hosts: 50, scale: "factor" });
  expect(factorsTable(ledger)).toEqual([
    {
      claim: "doubling",
      factor: "cores",
      "holds on": "2: 0 of 24; 8: 25 of 25",
      "p (all tried together)": "0.00",
    },
  ]);
  expect(hostsValues(ledger)).toMatchObject({ hosts: 50, hostsClaims: 1, hostsClaimsDisputed: 1 });
});

test("a forest plot has a line a host, in order, and their mean below", () => {
  const folder = temporaryFolder();
  const hosts = [2, 4, 3].map((ratio) => writeHost(join(folder, `times-${ratio}`), ratio, 0.5));
  const rows = forestRows(judgeHosts(hosts, studies), "doubling");
  expect(rows.map(({ label }) => label)).toEqual(["times-4", "times-3", "times-2", "mean of 3"]);
  expect(rows[0]).toMatchObject({ estimate: 4, low: 3.5, high: 4.5, isSummary: false });
  const { alt, data } = forestPlot({ id: "forest", title: "", rows, quantity: "Ratio", log: true });
  expect(alt).toBe(
    "Ratio with 95 % intervals, one line a host, and their mean below: times-4; times-3; times-2; mean of 3.",
  );
  expect(data).toMatchObject([{ y: [0, -1, -2] }, { y: [-3] }]);
  expect(forestRows(judgeHosts(hosts.slice(0, 1), studies), "doubling")).toHaveLength(1);
});

test("two hosts cannot show that a factor matters, however they differ", () => {
  const folder = temporaryFolder();
  const ledger = judgeHosts(
    [writeHost(join(folder, "a"), 3, 0.5, withCores(2)), writeHost(join(folder, "b"), 1, 0.5, withCores(64))],
    studies,
  );
  expect(ledger.factors).toMatchObject([{ factor: "cores", pValue: 1 }]);
});

test("what is not admitted is listed with its reason, and takes part in nothing", () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const { code, software } = wholeManifest();
  const hosts = [
    writeHost(at("good"), 3, 0.5),
    writeHost(at("also-good"), 3.1, 0.5),
    writeHost(at("copy"), 3, 0.5),
    writeHost(at("smoke"), 3.2, 0.5, { profile: "smoke" }),
    writeHost(at("busy"), 3.3, 0.5, { runs: { planned: 10, valid: 8, invalid: { steal: 2 } } }),
    writeHost(at("other-code"), 3.4, 0.5, { code: { ...code, sha256: "a".repeat(64) } }),
    writeHost(at("other-runtime"), 3.5, 0.5, { software: { ...software, node: "20.0.0" } }),
    writeHost(at("damaged"), 3.6, 0.5),
    writeHost(at("unknown"), 3.7, 0.5, { experiment: "another" }),
  ];
  appendFileSync(join(at("damaged"), "single", "samples.arrow"), "x");
  const ledger = judgeHosts(hosts, studies);
  expect(ledger.hosts.map(({ host }) => host)).toEqual(["good", "also-good"]);
  expect(ledger.claims[0]?.verdicts.map(({ host }) => host)).toEqual(["good", "also-good"]);
  expect(ledger.refused.map(({ host, reason }) => [host, reason])).toEqual([
    ["unknown", "manifest: this version knows no such experiment"],
    ["smoke", "profile: a smoke test decides nothing"],
    ["busy", "validity: 80 % of its runs are valid"],
    ["copy", "once: good has the same table"],
    ["other-code", "code: aaaaaaaaaaaa, where those that count have 000000000000"],
    ["other-runtime", `runtime: Node.js 20.0.0, where those that count have Node.js ${software.node}`],
    ["damaged", expect.stringMatching(/^table: /)],
  ]);
});

test("a bench is no experiment, and a reason names no folder of this machine", () => {
  const folder = makeHeldFolder("hosts", scratchFolder).path;
  try {
    const host = writeHost(join(folder, "good"), 3, 0.5);
    mkdirSync(join(host, "bench"));
    mkdirSync(join(host, "broken"));
    const { refused } = judgeHosts([host], studies);
    expect(refused.map(({ experiment }) => experiment)).toEqual(["broken"]);
    expect(refused[0]?.reason).toContain(join(".cache", "tmp"));
    expect(refused[0]?.reason).not.toContain(projectRoot);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("admission does not look at verdicts: other estimates leave it as it is", () => {
  const [low, high] = [1, 3].map((ratio) => {
    const folder = temporaryFolder();
    const hosts = ["a", "b", "c"].map((name, i) => writeHost(join(folder, name), ratio + i / 10, 0.1));
    return judgeHosts(hosts, studies);
  });
  expect(low?.hosts).toEqual(high?.hosts);
  expect(low?.claims[0]).toMatchObject({ fails: 3 });
  expect(high?.claims[0]).toMatchObject({ holds: 3 });
});

test("estimates of different parts of a claim have no scatter between hosts", () => {
  const about = (at: number) => atLeast({ estimate: at, low: at - 0.5, high: at + 0.5 }, 1);
  const of = (host: string, first: number, second: number) => ({
    host,
    ...allOf({ first: about(first), second: about(second) }),
  });
  expect(overHosts(doubling, [of("a", 2, 9), of("b", 3, 9)]).spread).toMatchObject({ hosts: 2 });
  expect(overHosts(doubling, [of("a", 2, 9), of("b", 9, 3)]).spread).toBeNull();
});

test("a host that was measured in rounds counts with the coverage of its look, and a forest plot says it", () => {
  const folder = temporaryFolder();
  const hosts = [
    writeHost(join(folder, "once"), 3, 0.5),
    writeHost(join(folder, "rounds"), 4, 0.5, lookedAtOnce(0.987)),
  ];
  const ledger = judgeHosts(hosts, studies);
  expect(ledger.claims[0]?.verdicts.map(({ host, level }) => [host, level])).toEqual([
    ["once", 0.95],
    ["rounds", 0.987],
  ]);
  const labels = forestRows(ledger, "doubling").map(({ label }) => label);
  expect(labels).toEqual(["rounds (98.7 %)", "once", "mean of 2"]);
});

test("a host whose interval has no end stops none of the others", () => {
  const folder = temporaryFolder();
  const hosts = [
    writeHost(join(folder, "endless"), 3, Number.POSITIVE_INFINITY),
    writeHost(join(folder, "one"), 3, 0.5),
    writeHost(join(folder, "two"), 4, 0.5),
  ];
  const ledger = judgeHosts(hosts, studies);
  expect(ledger.claims).toMatchObject([{ holds: 2, open: 1, spread: { hosts: 2 } }]);
  expect(forestRows(ledger, "doubling").map(({ label }) => label)).toEqual(["two", "one", "mean of 2"]);
});

test("a table that one claim cannot be judged by is refused as a whole, and no claim counts it", () => {
  const folder = temporaryFolder();
  const fragile: Claim = {
    ...doubling,
    id: "fragile",
    judge: (data) => {
      if (Number(data.samples.get("ratio", 0)) > 3) throw new RangeError("ratio must be at most 3");
      return doubling.judge(data);
    },
  };
  const hosts = [writeHost(join(folder, "whole"), 3, 0.5), writeHost(join(folder, "foreign"), 4, 0.5)];
  const ledger = judgeHosts(hosts, [{ claims: [doubling, fragile], experiment: () => single }]);
  expect(ledger.claims.map(({ verdicts }) => verdicts.map(({ host }) => host))).toEqual([
    ["whole"],
    ["whole"],
  ]);
  expect(ledger.hosts.map(({ host }) => host)).toEqual(["whole"]);
  expect(ledger.refused).toMatchObject([
    {
      host: "foreign",
      experiment: "single",
      reason: expect.stringMatching(
        /^table: claim cannot be judged: fragile by .*RangeError: ratio must be at most 3/,
      ),
    },
  ]);
});

test("a forest plot leaves out an estimate whose interval is open or has no end", () => {
  const open = { host: "open", ...atLeast({ estimate: 2, low: 1.5, high: 3, openHigh: true }, 1) };
  const closed = { host: "closed", ...atLeast({ estimate: 2, low: 1.5, high: 3 }, 1) };
  const endless = {
    host: "endless",
    ...atLeast({ estimate: 2, low: 1.5, high: Number.POSITIVE_INFINITY }, 1),
  };
  const claims = [overHosts(doubling, [open, closed, endless])];
  const ledger = { hosts: [], refused: [], factors: [], claims };
  expect(forestRows(ledger, "doubling").map(({ label }) => label)).toEqual(["closed"]);
});
