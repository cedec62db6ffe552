import { describe, expect, test } from "vitest";
import { type ControlsScenario, runControls } from "../../../src/studies/controls/run.ts";

const probe: ControlsScenario = {
  system: "run-queue",
  program: "probe",
  label: "a",
  workers: 2,
  tasks: 3,
  cores: "as found",
  heap: "64 MB",
  recording: "on",
  priority: "equal",
  compiler: "no top tier",
  age: "fresh",
};

function rowsOf(samples: { readonly kind: readonly string[] }, kind: string) {
  return samples.kind.flatMap((one, row) => (one === kind ? [row] : []));
}

describe("a control", () => {
  test.each([
    ["run-queue", "probe", 10],
    ["bare-timer", "probe", 10],
    ["bare-timer", "long probe", 40],
    ["futex-timer", "probe", 10],
  ] as const)("on the %s records each sleep of every %s, which has %d", async (system, program, sleeps) => {
    const { samples, lostSamples } = await runControls({ ...probe, system, program }, 1);
    expect(lostSamples).toBe(0);
    const rows = rowsOf(samples, "overhead");
    const rounds = rows.map((row) => [samples.task[row], samples.round[row]].join(" ")).sort();
    expect(rounds).toEqual(
      [0, 1, 2].flatMap((task) => Array.from({ length: sleeps }, (_, round) => `${task} ${round}`)).sort(),
    );
  });

  test.each(["run-queue", "pinned"] as const)(
    "times yields on the %s whether polls are kept or not",
    async (system) => {
      for (const recording of ["on", "off"] as const) {
        const { samples, lostSamples } = await runControls(
          { ...probe, system, program: "yielder", recording },
          1,
        );
        expect(lostSamples).toBe(0);
        const rows = rowsOf(samples, "yields");
        expect(rows.map((row) => samples.count[row])).toEqual([200, 200, 200]);
        for (const row of rows) expect(samples.valueNs[row]).toBeGreaterThan(0);
      }
    },
  );
});
