import { Writable } from "node:stream";
import { beforeEach, expect, test, vi } from "vitest";
import { duration } from "../../src/harness/duration.ts";
import { showProgress } from "../../src/harness/show-progress.ts";
import { screen } from "./fixtures/screen.ts";

beforeEach(() => {
  vi.stubEnv("TERM", "xterm-256color");
  return () => void vi.unstubAllEnvs();
});

/** A stream that is no terminal and remembers what was written. */
function notebook() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk).trimEnd());
      done();
    },
  }) as unknown as NodeJS.WriteStream;
  return { stream, lines };
}

const standing = { total: 81, leftMs: 61_000, scenario: "piscina 4" };

test("without a terminal: a line at the start, one every ten seconds, one at the end", () => {
  const { stream, lines } = notebook();
  let nowMs = 0;
  const progress = showProgress(stream, false, () => nowMs);
  progress.begin("scheduling-delay", 2, 81);
  for (let done = 2; done < 27; done++) {
    progress.next({ ...standing, done });
    nowMs += 1000;
  }
  progress.end("scheduling-delay: finished");
  expect(lines).toEqual([
    "scheduling-delay: 81 runs, 2 of them already finished",
    "  2/81, 61 s left: piscina 4",
    "  12/81, 61 s left: piscina 4",
    "  22/81, 61 s left: piscina 4",
    "scheduling-delay: finished",
  ]);
});

test("quiet: warnings only", () => {
  const { stream, lines } = notebook();
  const progress = showProgress(stream, true);
  progress.begin("scheduling-delay", 0, 81);
  progress.next({ ...standing, done: 1 });
  progress.warn("run 3: crash");
  progress.end("done");
  expect(lines).toEqual(["run 3: crash"]);
});

test("on a terminal: one line with scenario, done, total and time left", () => {
  const { stream, lines } = notebook();
  Object.assign(stream, { isTTY: true, columns: 120, cursorTo() {}, clearLine() {} });
  const progress = showProgress(stream);
  progress.begin("scheduling-delay", 2, 81);
  progress.next({ ...standing, done: 3 });
  progress.end("finished");
  expect(lines.join("")).toMatch(/scheduling-delay \[.*\] 3\/81, 61 s left: piscina 4/);
  expect(lines.at(-1)).toBe("finished");
});

test.each([80, 120])(
  "on a terminal of %i columns warnings stay, above the bar, and so does the end",
  (columns) => {
    const { stream, rows } = screen(columns);
    const progress = showProgress(stream);
    progress.warn("warning: a stranger's runtime");
    progress.begin("scheduling-delay", 0, 81);
    for (const done of [1, 2, 3]) {
      progress.next({ ...standing, done });
      progress.warn(`run ${done}: crash`);
    }
    progress.next({ ...standing, done: 4 });
    const warned = ["warning: a stranger's runtime", "run 1: crash", "run 2: crash", "run 3: crash"];
    expect(rows()).toEqual([...warned, expect.stringMatching(/^scheduling-delay \[.*\] 4\/81/)]);
    progress.end("scheduling-delay: stopped");
    expect(rows()).toEqual([...warned, "scheduling-delay: stopped"]);
  },
);

test("the longest scenario fits beside the bar in 120 columns", () => {
  const { stream, rows } = screen(120);
  const progress = showProgress(stream);
  progress.begin("scheduling-delay", 0, 1080);
  const scenario = "run-queue 4 500 6 closed-loop sustained spread";
  progress.next({ done: 1079, total: 1080, leftMs: 6_300_000, scenario });
  expect(rows().at(-1)).toMatch(new RegExp(`${scenario}$`));
  progress.end();
});

test("the bar gives way to a scenario that needs its room, and stays narrow", () => {
  const { stream, rows } = screen(120);
  const progress = showProgress(stream);
  progress.begin("controls", 0, 764);
  const short = { done: 1, total: 764, leftMs: 660_000, scenario: "run-queue probe" };
  const barColumns = () => /\[(.*)\]/.exec(rows().at(-1) ?? "")?.[1]?.length;
  progress.next(short);
  expect(barColumns()).toBe(20);
  const scenario = "run-queue probe a 4 500 as found 64 MB on dispatcher first no top tier fresh";
  progress.next({ ...short, scenario });
  expect(rows().at(-1)).toMatch(new RegExp(`${scenario}$`));
  expect(barColumns()).toBeLessThan(20);
  const narrow = barColumns();
  progress.next(short);
  expect(barColumns()).toBe(narrow);
  progress.end();
});

test("durations are told in the unit people would use", () => {
  expect([45_400, 99_000, 150_000, 5_940_000, 6_300_000].map(duration)).toEqual([
    "45 s",
    "99 s",
    "3 min",
    "99 min",
    "1 h 45 min",
  ]);
});
