import { expect, test } from "vitest";
import type { Incident } from "../../src/incident/incident.ts";
import { incidentLine } from "../../src/incident/incident-line.ts";

const incident: Incident = {
  kind: "pool",
  pool: "images",
  workers: 4,
  beganNs: 0,
  endedNs: 812e6,
  toldNs: 0,
  starvedNs: 812e6,
  culprits: [{ task: "resize", share: 1, workers: 4, longestHoldNs: 812e6 }],
  victims: [
    { task: "thumbnail", count: 30, waitedNs: 9e9, longestWaitNs: 611e6 },
    { task: "crop", count: 7, waitedNs: 1e9, longestWaitNs: 300e6 },
  ],
  notAttributable: 0.04,
  behindMainThread: 0,
  threads: { computing: 0.01, withoutCore: 0 },
  stack: null,
  noStack: null,
};

test("says who held what for how long, who waited, what the threads did, and what is not known", () => {
  expect(incidentLine(incident)).toBe(
    "task `resize` held 4 of 4 workers of pool `images` for 812 ms; 37 tasks waited, the longest 611 ms (`thumbnail`); " +
      "parked, not computing; 4 % of the wait is not attributable",
  );
});

test("speaks of one that goes on in the present", () => {
  expect(incidentLine({ ...incident, endedNs: null, starvedNs: 31e6 })).toMatch(
    /^task `resize` holds 4 of 4 workers of pool `images` for 31 ms so far; 37 tasks wait,/,
  );
});

test("names several culprits by share, and where a thread was", () => {
  const shares = [0.6, 0.25, 0.1, 0.046, 0.004];
  const culprits = shares.map((share, at) => ({ task: `t${at}`, share, workers: 1, longestHoldNs: 1 }));
  const stack = "decode (png.js:7)\nresize (tasks.js:3)";
  const line = incidentLine({ ...incident, culprits, stack, threads: { computing: 0.97, withoutCore: 0.3 } });
  expect(line).toMatch(/^tasks `t0` \(60 %\), `t1` \(25 %\), `t2` \(10 %\) and 1 more held 4 of 4 workers/);
  expect(line).toContain("; computing (30 % of the time without a core);");
  expect(line).toMatch(/; at decode \(png\.js:7\) < resize \(tasks\.js:3\)$/);
});

test("says that it does not know rather than nothing", () => {
  const line = incidentLine({
    ...incident,
    threads: null,
    noStack: "it takes Node.js ≥ 24.8",
    behindMainThread: 0.2,
  });
  expect(line).toContain("whether parked or computing is not known here");
  expect(line).toContain("20 % of the wait was for the main thread");
  expect(line).toMatch(/no stack: it takes Node\.js ≥ 24\.8$/);
  expect(incidentLine({ ...incident, kind: "libuv", endedNs: null })).toBe(
    "a trivial call waits 812 ms so far for libuv's pool; who holds it, if anybody, is not attributable",
  );
});
