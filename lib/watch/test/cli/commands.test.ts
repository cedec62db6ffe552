import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../../src/measure/owned-folder.ts";
import { listeningVariable } from "../../src/attach/tell-listening.ts";
import { fixturePath, parkHeld, runCommand, runProgram, runWatched } from "../run-node.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "command-test-"));
  // As when it is checked, the program ends only when its trace is complete.
  const env = { [listeningVariable]: folder };
  await runWatched("starved-app.mjs", `trace=${folder},lines=off,mainMs=60000,libuvMs=60000`, ["told"], {
    env,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("reports who held the workers, as text, as JSON and as a page without network", async () => {
  const text = await runCommand(["report", folder]);
  expect(text).toMatchObject({ code: 0, err: "" });
  expect(text.out).toMatch(/^park +app-tasks +0 +2 /m);
  expect(text.out).toMatch(new RegExp(`^ {2}at [^:]+: ${parkHeld}`, "m"));
  const json = JSON.parse((await runCommand(["report", folder, "--json"])).out);
  expect(json).toMatchObject({ pools: [{ pool: "app-tasks", workers: 2 }], incidents: [expect.anything()] });
  const html = join(folder, "page.html");
  expect(await runCommand(["report", folder, "--html", html])).toMatchObject({ code: 0, out: `${html}\n` });
  const page = readFileSync(html, "utf8");
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|src=|href=|https?:/);
  expect(page.match(/class="hold"/g)?.length).toBeGreaterThanOrEqual(2);
  expect(page).toContain('class="starved"');
});

test("writes top as plain lines of at most 80 columns without a terminal", async () => {
  const { code, out } = await runCommand(["top", folder]);
  expect(code).toBe(0);
  expect(out).toContain("incidents: 1");
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test.each([
  [["nonsense"], 2, "command is unknown: nonsense; there are check, report, top"],
  [["report"], 2, "report takes one trace"],
  [["report", "x", "--jsn"], 2, "Unknown option '--jsn'"],
  [["report", "/nowhere"], 1, "trace is not there: /nowhere"],
  [["top", "999999999"], 1, "process writes no trace: 999999999"],
  [["check"], 2, "check takes a command"],
  [["check", "--workers", "0", "--", "node"], 2, "workers must be a whole number ≥ 1; got 0"],
  [["check", "--", "/no/such/program"], 2, "program failed: spawn /no/such/program ENOENT"],
] as const)("answers %j with exit code %i and one sentence", async (args, code, sentence) => {
  const ran = await runCommand([...args]);
  expect(ran).toMatchObject({ code, out: "" });
  expect(ran.err).toContain(sentence);
  expect(ran.err).not.toMatch(/^\s+at /m);
});

/** On a busy host a task that does nothing may hold its worker for a moment, and the main thread stand still, too. */
const patient = { SCHEDULING_SAFETY_WATCH: "holdMs=2000,waitMs=1000,mainMs=60000,libuvMs=60000" };

test("checks a program on a pool of one: exit code 1 and a sentence when a task starves others", async () => {
  const app = [
    "--",
    process.execPath,
    new URL("../fixtures/starved-app.mjs", import.meta.url).pathname,
    "told",
  ];
  const starved = await runCommand(["check", ...app], patient);
  expect(starved).toMatchObject({ code: 1, out: "done\n" });
  expect(starved.err).toMatch(/^check: with one worker, `park` starved others: once in 6 tasks$/m);
  expect(await runCommand(["check", "--allow", "park", ...app], patient)).toMatchObject({ code: 0 });
  const unused = await runCommand(["check", "--allow", "park", "--allow", "gone", ...app], patient);
  expect(unused.code).toBe(1);
  expect(unused.err).toContain("check: allowed, but starved nobody: gone; remove the entry");
});

test("says that nothing can be said where no pool was seen", async () => {
  const ran = await runCommand(["check", "--", process.execPath, "-e", "0"]);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain("no task of a watched pool ran: nothing can be said about starvation");
});

test("says that nothing can be said where an incident may not have been seen", async () => {
  // The shell appends to what the program has written, as a full disk would cut it.
  const cut = `trace=\${SCHEDULING_SAFETY_WATCH#*trace=}; for each in "\${trace%%,*}"/[0-9]*; do echo '{"kind' >> "$each/incidents.ndjson"; done`;
  const quick = `new (require("piscina").Piscina)({ filename: "${fixturePath("app-tasks.mjs")}" }).run(0, { name: "quick" })`;
  const program = `${process.execPath} -e '${quick}.then(() => process.exit())'; ${cut}`;
  const ran = await runCommand(["check", "--", "/bin/sh", "-c", program], patient);
  expect(ran.err).toBe(
    [
      "check: not seen: a line of incidents.ndjson is cut",
      "check: what was not seen may have starved others: nothing can be said about starvation",
      "",
    ].join("\n"),
  );
  expect(ran.code).toBe(2);
});

test("says that nothing can be said, not that somebody starves, where a check fails", async () => {
  const check = ["check", "--", process.execPath, "-e"];
  const nowhere = await runCommand([...check, "0"], { TMPDIR: join(folder, "nowhere") });
  expect(nowhere.code).toBe(2);
  expect(nowhere.err).toContain("ENOENT");
  const garbage = `const trace = process.env.${listeningVariable} + "/1-garbage";
    fs.mkdirSync(trace); fs.writeFileSync(trace + "/polls-000001.arrow", "garbage")`;
  const unreadable = await runCommand([...check, garbage]);
  expect(unreadable.code).toBe(2);
  expect(unreadable.err).toContain("table cannot be read");
});

const deaf = "process.on('SIGTERM', () => {})";
const waiting = "setInterval(() => {}, 1000)";

test.each([
  ["its load", null, 2, deaf, "0"],
  ["SIGINT", "SIGINT", 130, deaf, waiting],
  ["SIGTERM", "SIGTERM", 143, "0", `${deaf};${waiting}`],
  ["SIGINT without a load", "SIGINT", 130, deaf, null],
] as const)(
  "ended by %s, a check leaves no program, load or folder behind",
  async (_, signal, code, first, loads) => {
    const own = mkdtempSync(join(folder, "ended-"));
    /** Runs in a shell that stays, and holds no pipe of the test: whoever ends only that leaves a process behind. */
    const telling = (name: string, does: string) =>
      `${process.execPath} -e "${does};fs.writeFileSync('${own}/${name}', String(process.pid))" >/dev/null 2>&1; true`;
    const program = telling("program", `${first};require('net').createServer().listen(0)`);
    const load = loads === null ? [] : ["--load", telling("load", loads)];
    const pidOf = (name: string) =>
      existsSync(join(own, name)) ? Number(readFileSync(join(own, name), "utf8")) : 0;
    const left = () => ["program", "load"].map(pidOf).filter((pid) => pid > 0 && isAlive(pid));
    onTestFinished(() => {
      for (const pid of left()) process.kill(pid, "SIGKILL");
    });
    const meanwhile = async (child: ChildProcess) => {
      while (pidOf(loads === null ? "program" : "load") === 0) await sleep(20);
      if (signal !== null) child.kill(signal);
    };
    const command = [fixturePath("command.ts"), "check", ...load, "--", "/bin/sh", "-c", program];
    const ran = await runProgram(process.execPath, command, { env: { TMPDIR: own }, meanwhile });
    expect(ran.code).toBe(code);
    expect(left()).toEqual([]);
    expect(readdirSync(own).filter((name) => name.startsWith("scheduling-safety-check-"))).toEqual([]);
  },
);

test.each(["on", "once"])(
  "counts what a program does until it has ended, not only until its shell has: it listens %s",
  async (how) => {
    const program = `${process.execPath} ${fixturePath("draining-app.mjs")} ${how}; true`;
    const ran = await runCommand(["check", "--load", "true", "--", "/bin/sh", "-c", program], patient);
    expect(ran.err).toBe("check: with one worker, no task of 2 starved another\n");
    expect(ran.code).toBe(0);
  },
);

test.each([
  ["3", "exit code 3"],
  ["0", "exit code 0"],
  ["SIGKILL", "ended by SIGKILL"],
])("says that nothing can be said where the program ends before its load does: %s", async (end, sentence) => {
  /** Goes on until nothing is left of the process that answered. */
  const outlive = `const isThere = (pid) => { try { return process.kill(pid, 0); } catch { return false; } };
    require('net').connect(process.argv[1]).on('data', (pid) => setInterval(() => isThere(Number(pid)) || process.exit(), 20))`;
  const load = `${process.execPath} -e "${outlive}" {port}`;
  const app = ["--", process.execPath, fixturePath("ending-app.mjs"), end];
  const ran = await runCommand(["check", "--load", load, ...app], patient);
  expect(ran.err).toBe(`check: program ended before the load did: ${sentence}\n`);
  expect(ran.code).toBe(2);
});

test("runs a load once the program listens, and ends the program after it", async () => {
  const app = new URL("../fixtures/serving-app.mjs", import.meta.url).pathname;
  const load = `${process.execPath} -e "const get=()=>fetch(process.argv[1]);Promise.all([get(),get(),get()])" {url}`;
  const ran = await runCommand(["check", "--load", load, "--", process.execPath, app], patient);
  expect(ran.err).toMatch(/^check: with one worker, `park` starved others/m);
  expect(ran.code).toBe(1);
});
