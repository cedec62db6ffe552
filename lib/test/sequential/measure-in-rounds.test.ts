import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { checkCampaign } from "../../src/audit/check-campaign.ts";
import { checkRounds } from "../../src/audit/check-rounds.ts";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { evaluateLedger } from "../../src/ledger/evaluate-ledger.ts";
import { undecided } from "../../src/ledger/judge.ts";
import { cellsRead } from "../../src/sequential/cells-read.ts";
import { measureInRounds } from "../../src/sequential/measure-in-rounds.ts";
import { askedOf } from "../../src/sequential/questions.ts";
import { cells } from "../../src/summary/cells.ts";
import { confidenceLevel } from "../../src/summary/confidence-level.ts";
import { readManifest, writeManifest } from "../../src/tables/manifest.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { countdown } from "../harness/fixtures/countdown.ts";
import { countdownRequest, silent, stopBefore } from "../harness/fixtures/countdown-request.ts";

// Every run is a process of its own; how long that takes is up to the host.
vi.setConfig({ testTimeout: 600_000 });

/** Holds once so many runs of a size are there, and tells the level that it was judged at. */
function needing(id: string, size: number, runs: number): Claim {
  return {
    id,
    statement: "There are runs.",
    source: "this study",
    expected: { verdict: "holds", because: "they are made" },
    experiment: "countdown",
    evidence: { notebook: "none", cell: "none" },
    margin: `${runs} runs`,
    needs: "runs",
    judge(data) {
      const where = { behaviour: "well", size };
      const found = cells(data, { value: "countNs", by: [], where })[0]?.byRun.length ?? 0;
      return found < runs
        ? undecided("too few runs")
        : {
            estimate: found,
            low: confidenceLevel(),
            high: confidenceLevel(),
            verdict: "holds",
            reason: "enough",
          };
    },
  };
}

const study = {
  claims: [needing("first", 1, 4), needing("second", 2, 7), needing("never", 5, 99)],
  experiment: () => countdown,
};
const module = new URL("../harness/fixtures/countdown.ts", import.meta.url);
const conditions = new URL("../harness/fixtures/quiet-conditions.ts", import.meta.url);
const declare = () => [countdown];

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "rounds-"));
});
afterEach(() => rmSync(out, { recursive: true }));

function campaign(only?: string, budgetMs: number | null = 18 * 60) {
  return {
    asked: askedOf([{ experiment: countdown, module }], [study], only),
    isAll: only === undefined,
    budgetMs,
    seed: 1,
    out,
    conditions,
    timeLimitMs: () => 600_000,
  };
}

const folder = () => join(out, "countdown");
const tables = () => ["runs.arrow", "samples.arrow"].map((name) => readFileSync(join(folder(), name)));

test("a claim reads what its queries ask for, and all where it asks for nothing", () => {
  const reading = cellsRead(countdown, [
    ...study.claims,
    { ...needing("blind", 1, 1), judge: () => undecided("?") },
  ]);
  const levels = (id: string) => reading.get(id)?.map((cell) => cell.levels);
  expect(levels("first")).toEqual([{ behaviour: "well", size: 1 }]);
  expect(levels("blind")).toHaveLength(5);
});

describe("a campaign in rounds", () => {
  test("measures what open claims read, up to the look that decides, and no more than its budget", async () => {
    const end = await measureInRounds(campaign(), silent, new AbortController().signal);
    expect(end.claims).toMatchObject([
      { claim: "first", looks: 1, verdict: "holds" },
      { claim: "second", looks: 2, verdict: "holds" },
      { claim: "never", looks: 2, verdict: "not testable here" },
    ]);
    const { profile, sequential, runs } = readManifest(folder());
    expect(profile).toBe("sequential");
    expect(runs.planned).toBe(4 + 7 + 7);
    expect(sequential?.cells.map(({ levels, runs: made }) => [levels["size"], made])).toEqual(
      expect.arrayContaining([
        [1, 4],
        [2, 7],
        [5, 7],
      ]),
    );
    expect(readdirSync(folder()).sort()).toEqual(["manifest.json", "runs.arrow", "samples.arrow"]);

    const rows = evaluateLedger(out, [study]);
    expect(rows.map(({ verdict }) => verdict)).toEqual(["holds", "holds", "not testable here"]);
    expect(rows[1]?.estimate).toBe(7);
    expect(rows[1]?.low).toBe(sequential?.looks[1]?.level);
    expect(checkRounds(out, [study], declare)).toEqual([]);
    expect(checkCampaign(readExperiment(folder(), countdown), study)).toEqual({
      problems: [],
      designed: true,
    });
  });

  test("stopped at any run and begun again, ends with the same runs and verdicts", async () => {
    const whole = await measureInRounds(campaign("second", null), silent, new AbortController().signal);
    const [runsBefore, samplesBefore] = [readManifest(folder()).tables.runs.rows, tables()[1]];
    rmSync(folder(), { recursive: true });
    for (let stops = 0; ; stops++) {
      const stop = new AbortController();
      let begun = 0;
      const next = () => {
        if (begun++ === 1) stop.abort();
      };
      const end = await measureInRounds(campaign("second", null), { ...silent, next }, stop.signal);
      if (end.kind === "stopped") continue;
      expect(stops).toBeGreaterThanOrEqual(3);
      expect(end).toEqual(whole);
      break;
    }
    expect(readManifest(folder()).tables.runs.rows).toBe(runsBefore);
    expect(tables()[1]).toEqual(samplesBefore);
    expect(checkRounds(out, [study], declare)).toEqual([]);
  });

  test("says so where its manifest tells another story than its tables", async () => {
    await measureInRounds(campaign("first", null), silent, new AbortController().signal);
    const manifest = readManifest(folder());
    const { sequential } = manifest;
    if (sequential === undefined) throw new TypeError("manifest tells of no rounds");
    const retold = (change: Partial<typeof sequential>) => {
      writeManifest(folder(), { ...manifest, sequential: { ...sequential, ...change } });
      return checkRounds(out, [study], declare);
    };
    expect(retold({})).toEqual([]);
    expect(retold({ claims: [{ claim: "first", looks: 1, verdict: "fails" }] })).toEqual([
      "first: fails after 1 looks; derived again it is holds after 1",
    ]);
    expect(retold({ claims: [] })).toEqual(["first: not measured; derived again it is holds after 1"]);
    expect(retold({ asked: ["first", "never"] })[0]).toMatch(/^never: not measured; derived again/);
    expect(retold({ cells: [] })).toEqual([
      "countdown: the runs of its scenarios are not those that its rounds asked for",
    ]);
  });

  test("is an error of its data where a claim cannot be judged by them when it is followed again", async () => {
    await measureInRounds(campaign("first", null), silent, new AbortController().signal);
    const fragile: Claim = {
      ...needing("first", 1, 4),
      judge: () => {
        throw new RangeError("no rate over no time");
      },
    };
    expect(() => checkRounds(out, [{ claims: [fragile] }], declare)).toThrow(
      new RegExp(`^claim cannot be judged: first by ${folder()} \\(RangeError: no rate over no time\\)`),
    );
  });
});

test("a folder of another campaign is refused before anything is measured of any experiment", async () => {
  const again = { ...countdown, name: "again" };
  const asked = askedOf(
    [
      { experiment: countdown, module },
      { experiment: again, module },
    ],
    [study, { claims: [{ ...needing("later", 2, 4), experiment: "again" }] }],
  );
  const request = { ...campaign(undefined, null), asked };
  const restriction = { size: [1] };
  const { progress, signal } = stopBefore(1);
  await runCampaign({ ...countdownRequest(out, "smoke", restriction), experiment: again }, progress, signal);
  await expect(measureInRounds(request, silent, new AbortController().signal)).rejects.toThrow(
    /^folder holds an unfinished campaign of another .*again/,
  );
  expect(readdirSync(out)).toEqual(["again"]);
});
