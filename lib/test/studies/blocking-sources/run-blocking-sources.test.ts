import { describe, expect, it } from "vitest";
import { NotTestableError } from "../../../src/measure/study-error.ts";
import { experiment as blockingSources } from "../../../src/studies/blocking-sources/experiment.ts";
import type { Columns } from "../../../src/tables/schema.ts";

const experiment = blockingSources();

function rows({ samples }: { samples: Columns }) {
  const names = Object.keys(samples);
  return Array.from(samples["kind"] ?? [], (_, row) =>
    Object.fromEntries(names.map((name) => [name, samples[name]?.[row]])),
  );
}

describe("a run of a source", () => {
  it("holds workers with none, one and two callers, and probes beside all of them", async () => {
    const found = rows(await experiment.run({ source: "atomics-wait", workers: 2 }, 7));
    const calls = found.filter(({ kind }) => kind === "call");
    const probes = found.filter(({ kind }) => kind === "probe");
    expect([...new Set(calls.map(({ callers }) => callers))].sort()).toEqual([1, 2]);
    expect([...new Set(probes.map(({ callers }) => callers))].sort()).toEqual([0, 1, 2]);
    expect(calls.every(({ heldNs }) => Number(heldNs) >= 50e6)).toBe(true);
    expect(calls.every(({ overheadNs, cpuNs }) => overheadNs === null && Number(cpuNs) >= 0)).toBe(true);
    expect(probes.every(({ heldNs, overheadNs }) => heldNs === null && overheadNs !== null)).toBe(true);
    expect(found.every(({ worker }) => worker === 0 || worker === 1)).toBe(true);
    expect(new Set(found.map(({ family, expected }) => `${family} ${expected}`))).toEqual(
      new Set(["sleep parked"]),
    );
  });

  it("is not testable where the host lacks a tool", async () => {
    const { PATH } = process.env;
    process.env["PATH"] = "/nowhere";
    try {
      const run = experiment.run({ source: "read-slow-pipe", workers: 2 }, 1);
      await expect(run).rejects.toThrow(NotTestableError);
    } finally {
      process.env["PATH"] = PATH;
    }
  });
});
