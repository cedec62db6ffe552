import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "arquero";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import type { Dataset } from "../../src/tables/load.ts";
import { exportParquet } from "../../src/tables/parquet/export-parquet.ts";
import { parquetQueries } from "../../src/tables/parquet/parquet-queries.ts";
import { runsSchema } from "../../src/tables/runs-schema.ts";
import { plantedSweep } from "../studies/planted-sweep.ts";

const python = join(projectRoot, ".venv", "bin", "python");
const hasPython = existsSync(python) && spawnSync(python, ["-c", "import polars, duckdb"]).status === 0;
const reason = hasPython ? "" : " (skipped: pip install -r requirements-test.txt)";

const out = mkdtempSync(join(tmpdir(), "parquet-"));
afterAll(() => rmSync(out, { recursive: true }));

/** Two hosts with a cliff at four blockers; one run of the second was invalid, and left no samples. */
beforeAll(async () => {
  await exportParquet(hostData(1, []), "large", out);
  await exportParquet(hostData(2, [5]), "small", out);
});

function hostData(seed: number, invalid: readonly number[]): Dataset {
  const sweep = plantedSweep({
    executor: "run-queue",
    runs: 2,
    blockers: [0, 4],
    cliffAt: 4,
    noise: 1,
    seed,
  });
  const schema = runsSchema(sweep.declaration);
  const runs = [1, 2, 3, 4, ...invalid];
  const cellOf = (name: string, run: number) => {
    if (name === "run" || name === "order") return run;
    if (name === "valid") return !invalid.includes(run);
    if (name === "invalidReason") return invalid.includes(run) ? "steal: 0.05; pressure: 0.9" : null;
    return schema[name]?.nullable ? null : schema[name]?.type === "category" ? "base" : 1;
  };
  const columns = Object.keys(schema).map((name) => [name, runs.map((run) => cellOf(name, run))]);
  return { ...sweep, runs: table(Object.fromEntries(columns)) };
}

/** Runs a query as the data dictionary shows it and returns the rows of its answer. */
function ask(lines: readonly string[]): unknown[][] {
  const source = `
import ast, json
body = ast.parse(${JSON.stringify(lines.join("\n"))}).body
names = {}
exec(compile(ast.Module(body[:-1], []), "query", "exec"), names)
answer = eval(compile(ast.Expression(body[-1].value), "query", "eval"), names)
print(json.dumps(answer.rows() if hasattr(answer, "rows") else answer.fetchall()))`;
  return JSON.parse(execFileSync(python, ["-c", source], { cwd: out, encoding: "utf8" }));
}

const answers: readonly ((rows: unknown[][]) => void)[] = [
  (rows) => {
    expect(rows.map((row) => row.slice(0, 3))).toEqual(
      ["large", "small"].flatMap((host) => [0, 4].map((blockers) => [host, "run-queue", blockers])),
    );
    const [calm, blocked] = rows.map((row) => Number(row[3]));
    expect(calm).toBeLessThan(2);
    expect(blocked).toBeGreaterThan(40);
  },
  (rows) => expect(rows).toEqual([["small", "scheduling-delay", "steal", 1]]),
  (rows) =>
    expect(rows).toEqual([
      ["large", 4, 2000],
      ["small", 4, 2000],
    ]),
];

test.runIf(hasPython).each(parquetQueries.map((query, i) => [query.question, query, answers[i]] as const))(
  `the documented query answers: %s${reason}`,
  (_, { lines }, check) => {
    expect(check).toBeDefined();
    check?.(ask(lines));
  },
);

test.runIf(hasPython)(`values come back as they were, with their types${reason}`, () => {
  const path = "samples/experiment=scheduling-delay/host=large/part-0.parquet";
  const [[type]] = ask([
    "import duckdb",
    `duckdb.sql("SELECT typeof(overheadNs) || ' ' || typeof(blockers) || ' ' || typeof(executor) FROM '${path}' LIMIT 1")`,
  ]) as [[string]];
  expect(type).toBe("BIGINT BIGINT VARCHAR");
  const [[sum, missing]] = ask([
    "import duckdb",
    `duckdb.sql("SELECT sum(overheadNs)::BIGINT, count(*) - count(overheadNs) FROM '${path}'")`,
  ]) as [[number, number]];
  const samples = hostData(1, []).samples.array("overheadNs") as number[];
  expect(sum).toBe(samples.reduce((total, value) => total + value, 0));
  expect(missing).toBe(0);
});

test("files lie where a query over partitions looks for them, and nothing else does", () => {
  const at = (...path: string[]) => readdirSync(join(out, ...path)).sort();
  expect(at()).toEqual(["runs", "samples"]);
  for (const kind of ["runs", "samples"]) {
    expect(at(kind)).toEqual(["experiment=scheduling-delay"]);
    expect(at(kind, "experiment=scheduling-delay")).toEqual(["host=large", "host=small"]);
    expect(at(kind, "experiment=scheduling-delay", "host=small")).toEqual(["part-0.parquet"]);
  }
});
