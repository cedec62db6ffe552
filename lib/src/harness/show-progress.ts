import { Presets, SingleBar } from "cli-progress";
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
  return stream.isTTY ? bar(stream) : lines(stream, nowMs);
}

/** The library redraws on a timer; once a day is as good as never. */
const framesPerSecond = 1 / 86_400;

function bar(stream: NodeJS.WriteStream): Progress {
  const shown = new SingleBar(
    {
      format: "{experiment} [{bar}] {value}/{total}, {left} left: {scenario}",
      stream,
      fps: framesPerSecond,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  return {
    begin(experiment, kept, total) {
      shown.start(total, kept, { experiment, left: "?", scenario: "" });
    },
    next({ done, total, leftMs, scenario }) {
      shown.setTotal(total);
      shown.update(done, { left: duration(leftMs), scenario });
      shown.render();
    },
    warn(text) {
      stream.write(`\r\x1b[K${text}\n`);
    },
    end(text) {
      shown.stop();
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
