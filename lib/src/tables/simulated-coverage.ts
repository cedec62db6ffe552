import { join } from "node:path";
import * as v from "valibot";
import { parseJson } from "../measure/parse-json.ts";
import { projectRoot } from "../measure/project-root.ts";
import { readText } from "./regular-file.ts";

/** Folder of what `make coverage` simulates. */
export const simulatedFolder = join(projectRoot, "data", "simulated");

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const common = { design: v.pipe(v.string(), v.nonEmpty()), response: v.pipe(v.string(), v.nonEmpty()) };

const intervals = v.array(
  v.object({
    ...common,
    /** How many, or by which rule they ended. */
    runs: v.union([v.number(), v.string()]),
    experiments: v.number(),
    coverage: share,
  }),
);

const schema = v.object({
  "few-runs": intervals,
  stopping: intervals,
  decide: v.array(
    v.object({
      ...common,
      /** Shares of experiments with a wrong verdict, of each kind. */
      holds: share,
      fails: share,
      meanRuns: v.number(),
    }),
  ),
});

/** How often intervals of this library hold the truth, and how often verdicts are wrong, on simulated designs. */
export type SimulatedCoverage = v.InferOutput<typeof schema>;

/**
 * Loads what `make coverage` has simulated.
 *
 * @throws {DataError} when it is missing or has another form.
 */
export function loadCoverage(path = join(simulatedFolder, "coverage.json")): SimulatedCoverage {
  const remedy = "simulate again with `make coverage`";
  return parseJson(readText(path, "simulated coverage", remedy), schema, {
    noun: "simulated coverage",
    path,
    remedy,
  });
}
