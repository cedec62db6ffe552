import { describe, expect, test } from "vitest";
import { delayRows } from "../../../src/studies/tokio-delay/run.ts";
import { answersTo } from "../../executor/tokio/answers.ts";

const probes = 3;

describe.each(answersTo("delay"))("the answer of Tokio %s", (_, answer) => {
  test("gives a row a measured sleep and a row a block, and none for coming to the start", async () => {
    const rows = delayRows(await answer(), probes);
    const of = (source: string) =>
      rows.source.flatMap((kind, row) => (kind === source ? [[rows.task[row], rows.round[row]]] : []));
    const everySleep = [0, 1, 2].flatMap((task) => [0, 1, 2].map((round) => [task, round]));
    expect(of("probe")).toEqual(everySleep);
    expect(of("blocker")).toEqual([
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 0],
    ]);
  });

  test("a wake-up comes between the due time and the start, and a block holds its time", async () => {
    const rows = delayRows(await answer(), probes);
    rows.source.forEach((source, row) => {
      if (source === "probe") {
        expect(rows.dispatchUs[row]).toBeGreaterThanOrEqual(0);
        expect(rows.overheadUs[row]).toBeGreaterThanOrEqual(rows.dispatchUs[row] as number);
      } else {
        expect(rows.heldUs[row]).toBeGreaterThanOrEqual(3000);
      }
    });
  });
});
