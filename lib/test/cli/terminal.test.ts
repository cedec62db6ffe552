import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { screen } from "../harness/fixtures/screen.ts";

const out = mkdtempSync(join(tmpdir(), "terminal-"));
afterAll(() => rmSync(out, { recursive: true }));

const program = join(import.meta.dirname, "fixtures/countdown-cli.ts");
/** util-linux lends a real terminal to a command. */
const hasTerminals = /util-linux/.test(spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "");

/** Runs the program on a terminal of so many columns and returns all that it wrote there. */
function onTerminal(columns: number, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const command = `stty cols ${columns} rows 50; exec '${process.execPath}' '${program}' ${args.join(" ")}`;
  const { stdout } = spawnSync("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, FORCE_COLOR: undefined, SHELL: "/bin/sh", TERM: "xterm-256color", ...env },
  });
  return stdout;
}

test.skipIf(!hasTerminals).each([80, 120])(
  "on a real terminal of %i columns a campaign leaves its warnings and its summary, and nothing of the bar",
  (columns) => {
    const folder = join(out, String(columns));
    const measured = ["run", "countdown", "--profile", "quick", "--set", "behaviour=well,crashing"];
    const written = onTerminal(columns, [...measured, "--out", folder]);
    const { stream, rows } = screen(columns);
    stream.write(written);
    expect(written).toMatch(/countdown \[.*\] 0\/7/);
    const shown = rows().filter((row) => !/ExperimentalWarning|trace-warnings|^warning: /.test(row));
    expect(shown[0]).toMatch(/^run \d+ \(crashing 2\): crash/);
    expect(shown).toContain("countdown: finished, 6 of 7 runs valid (crash 1)");
    expect(shown.join("\n")).toMatch(/^ +behaviour +size +valid runs +p50 ms/m);
    expect(shown).toContainEqual(expect.stringMatching(`^data +${folder}$`));
    expect(rows().filter((row) => /[█░]/.test(row))).toEqual([]);
    expect(rows().filter((row) => row.length > columns)).toEqual([]);
    // The cursor and the wrapping of lines are as they were.
    expect(written.lastIndexOf("\x1b[?25h")).toBeGreaterThan(written.lastIndexOf("\x1b[?25l"));
    expect(written.lastIndexOf("\x1b[?7h")).toBeGreaterThan(written.lastIndexOf("\x1b[?7l"));
  },
);

test.skipIf(!hasTerminals).each([
  [80, "run"],
  [120, "run"],
  [80, "list"],
  [80, ""],
])("at %i columns every example of `%s --help` is whole, with what it does", (columns, command) => {
  const lines = onTerminal(columns, [command, "--help"]).replaceAll("\r", "").split("\n");
  const examples = lines.slice(lines.indexOf("Examples:") + 1).filter((line) => line.startsWith("  "));
  expect(examples[0]).toMatch(/^ {2}\$ scheduling-safety /);
  expect(examples.filter((line) => line.length > columns)).toEqual([]);
});

test.skipIf(!hasTerminals).each([{}, { NO_COLOR: "1" }, { FORCE_COLOR: "1" }])(
  "nothing is coloured, whatever is asked for: %o",
  (env) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are told by them
    expect(onTerminal(80, ["list", "--help"], env)).not.toMatch(/\x1b\[[\d;]*m/);
  },
);
