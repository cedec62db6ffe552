import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = new URL("../../../src/studies/watch/run.ts", import.meta.url).href;

test.each(["piscina", "hand-made"])(
  "a host that refuses foreign calls is not testable here: %s",
  async (pool) => {
    const code = `import(${JSON.stringify(run)})
    .then(({ runWatch }) => runWatch({ pool: "${pool}", workers: 1, source: "service", seconds: 1 }, 1))
    .catch(({ constructor, message }) => console.log(constructor.name + ": " + message))`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--no-addons", "--eval", code]);
    expect(stdout).toMatch(/^NotTestableError: foreign calls are refused: [^\n]+\n$/);
  },
);
