import { expect, test } from "vitest";
import { fixturePath, parkHeld, runNode, runWatched } from "./run-node.ts";

// On a busy host the program may have handed over but the first of its two tasks when the watch tells, and both end in time.
const holds =
  /^\[watch\] task `park` holds 2 of 2 workers of pool `app-tasks` for \d+ ms so far; (?:1 task waits|2 tasks wait),/m;
const held = new RegExp(
  `^\\[watch\\] ${parkHeld} for \\d+ ms; (?:1 task|2 tasks) waited, the longest \\d+ ms \\(\`quick\`\\)`,
  "m",
);

test("names the culprit of a program that knows nothing of the watch, while it lasts and when it is over", async () => {
  const { code, out, err } = await runWatched("starved-app.mjs", "mainMs=60000,libuvMs=60000", ["told"]);
  expect({ code, out }).toEqual({ code: 0, out: "done\n" });
  expect(err).toMatch(holds);
  expect(err).toMatch(held);
});

test("watches a pool whose run the program has wrapped before its first task", async () => {
  const { code, out, err } = await runWatched("wrapping-app.mjs", "mainMs=60000,libuvMs=60000");
  expect({ code, out }).toEqual({ code: 0, out: "done\n" });
  expect(err).toMatch(
    /^\[watch\] task `park` held 1 of 1 workers of pool `app-tasks` for \d+ ms; 1 task waited,/m,
  );
});

test.each(["exit", "throw", "reject", "kill"])(
  "leaves exit code and output as they are at: %s",
  async (end) => {
    const plain = await runNode([fixturePath("starved-app.mjs"), "5", end]);
    const watched = await runWatched("starved-app.mjs", "lines=off", ["5", end]);
    const bare = ({ err, ...rest }: typeof plain) => ({
      ...rest,
      err: err.split("\n").filter((line) => !/^\s+at /.test(line)),
    });
    expect(bare(watched)).toEqual(bare(plain));
  },
);

test.each([
  ["holdMz=3", "option is unknown: holdMz; there are "],
  ["metricsPort=70000", "metricsPort must be a whole number from 1 to 65535; got 70000"],
])("says one sentence and watches nothing when an option is wrong: %s", async (options, sentence) => {
  const { code, out, err } = await runWatched("starved-app.mjs", options, ["5"]);
  expect({ code, out }).toEqual({ code: 0, out: "done\n" });
  expect(err).toMatch(/^\[watch\] nothing is watched: [^\n]+\n$/);
  expect(err).toContain(sentence);
});

test("goes on without a trace where none can be written", async () => {
  const { code, out, err } = await runWatched(
    "starved-app.mjs",
    "trace=/proc/none,mainMs=60000,libuvMs=60000",
    ["told"],
  );
  expect({ code, out }).toEqual({ code: 0, out: "done\n" });
  expect(err).toMatch(
    /^\[watch\] trace cannot be written to \/proc\/none\/[^\n]+; the watch goes on without it$/m,
  );
  expect(err).toMatch(held);
});
