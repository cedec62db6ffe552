import cliProgress from "cli-progress";
import { canMoveCursor } from "../measure/can-move-cursor.ts";
import { duration } from "./duration.ts";
import type { Progress } from "./progress.ts";

/** Milliseconds between plain lines. */
const plainEveryMs = 10_000;

/** Shows progress on a terminal as a bar, elsewhere as a line now and then; quiet leaves only warnings. */
export function showProgress(
  stream: NodeJS.WriteStream = process.stderr,
  quiet = false,
  nowMs: () => number = () => performance.now(),
): Progress {
  const warn = (text: string) => void stream.write(`${text}\n`);
  if (quiet) return { begin() {}, next() {}, warn, end() {} };
  return canMoveCursor(stream) ? bar(stream) : lines(stream, nowMs);
}

/** The library redraws on a timer; once a day is as good as never. */
const framesPerSecond = 1 / 86_400;

/** Columns of the bar itself, at most and at least: the scenario beside it matters more. */
const [mostBarColumns, leastBarColumns] = [20, 4] as const;

function bar(stream: NodeJS.WriteStream): Progress {
  let standing = { done: 0, total: 0, experiment: "", left: "?", scenario: "" };
  let barColumns: number = mostBarColumns;
  /** Shrinks where a scenario needs the room, and stays so: a bar that breathes says nothing. */
  const fit = () => {
    const { done, total, experiment, left, scenario } = standing;
    const room = stream.columns - `${experiment} [] ${done}/${total}, ${left} left: ${scenario}`.length;
    barColumns = Math.max(leastBarColumns, Math.min(barColumns, room));
    return barColumns;
  };
  const shown = new cliProgress.SingleBar(
    {
      format: "{experiment} [{bar}] {value}/{total}, {left} left: {scenario}",
      stream,
      fps: framesPerSecond,
      formatBar: (progress, options) =>
        cliProgress.Format.BarFormat(progress, { ...options, barsize: fit() }),
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    cliProgress.Presets.shades_classic,
  );
  const draw = () => shown.start(standing.total, standing.done, standing);
  const clear = () => {
    if (shown.isActive) shown.stop();
  };
  return {
    begin(experiment, kept, total) {
      standing = { done: kept, total, experiment, left: "?", scenario: "" };
      barColumns = mostBarColumns;
      draw();
      // Node prints its own warnings between these two.
      process.prependListener("warning", clear).on("warning", draw);
    },
    next({ done, total, leftMs, scenario }) {
      standing = { ...standing, done, total, left: duration(leftMs), scenario };
      shown.setTotal(total);
      shown.update(done, standing);
      shown.render();
    },
    warn(text) {
      // The bar returns to where it was begun: below a new line it has to begin anew.
      const isDrawn = shown.isActive;
      if (isDrawn) shown.stop();
      stream.write(`${text}\n`);
      if (isDrawn) draw();
    },
    end(text) {
      process.off("warning", clear).off("warning", draw);
      clear();
      if (text !== undefined) stream.write(`${text}\n`);
    },
  };
}

function lines(stream: NodeJS.WriteStream, nowMs: () => number): Progress {
  let shownMs = Number.NEGATIVE_INFINITY;
  const say = (text: string) => void stream.write(`${text}\n`);
  return {
    begin(experiment, kept, total) {
      shownMs = Number.NEGATIVE_INFINITY;
      say(`${experiment}: ${total} runs${kept > 0 ? `, ${kept} of them already finished` : ""}`);
    },
    next({ done, total, leftMs, scenario }) {
      if (nowMs() - shownMs < plainEveryMs) return;
      shownMs = nowMs();
      say(`  ${done}/${total}, ${duration(leftMs)} left: ${scenario}`);
    },
    warn: say,
    end(text) {
      if (text !== undefined) say(text);
    },
  };
}
