import { type ColumnTable, from } from "arquero";
import { quantile } from "../../stats/quantile.ts";

type Row = Readonly<Record<string, string | number | null>>;

interface Comparison {
  readonly quantity: string;
  readonly model: "simulator" | "closed form" | "timers apart";
  readonly measured: readonly [estimate: string, low: string, high: string];
  readonly predicted: string;
  /** What errors are a share of. */
  readonly of: "measured" | "requests";
}

const p99 = ["p99Ms", "p99LowMs", "p99HighMs"] as const;
const mean = ["meanMs", "meanLowMs", "meanHighMs"] as const;
const failure = ["failureShare", "failureLowShare", "failureHighShare"] as const;

const ofDelays: readonly Comparison[] = [
  { quantity: "p99", model: "simulator", measured: p99, predicted: "p99ModelMs", of: "measured" },
  { quantity: "p99", model: "closed form", measured: p99, predicted: "p99FormulaMs", of: "measured" },
  { quantity: "mean", model: "simulator", measured: mean, predicted: "meanModelMs", of: "measured" },
  { quantity: "mean", model: "closed form", measured: mean, predicted: "meanFormulaMs", of: "measured" },
];
const ofFailures: readonly Comparison[] = [
  {
    quantity: "failure rate",
    model: "simulator",
    measured: failure,
    predicted: "modelShare",
    of: "requests",
  },
  {
    quantity: "failure rate",
    model: "timers apart",
    measured: failure,
    predicted: "drawnShare",
    of: "requests",
  },
];

/**
 * Tells how far predictions lie from measurements, one row an executor × quantity × model: how many were compared, how
 * many lie within the measurement's 95 % interval, and the median and the largest error regardless of its sign. Errors
 * of delays are relative to the measured value (and the largest in ms), those of failure rates are differences of the rates. What the models
 * were calibrated with is left out: no blockers, and the fewest clients.
 *
 * @param delays what `delayPredictions` gives
 * @param failures what `failurePredictions` gives
 */
export function predictionErrors(delays: ColumnTable, failures: ColumnTable): ColumnTable {
  const predictedDelays = rowsOf(delays).filter(({ blockers }) => blockers !== 0);
  const fewest = Math.min(...rowsOf(failures).map(({ clients }) => Number(clients)));
  const predictedFailures = rowsOf(failures).filter(({ clients }) => clients !== fewest);
  const rows = [
    ...ofDelays.flatMap((comparison) => byExecutor(predictedDelays, comparison)),
    ...ofFailures.flatMap((comparison) => byExecutor(predictedFailures, comparison)),
  ];
  return from(rows);
}

function rowsOf(table: ColumnTable): Row[] {
  return table.objects() as Row[];
}

function byExecutor(rows: readonly Row[], { quantity, model, measured, predicted, of }: Comparison) {
  const [estimate, low, high] = measured;
  const executors = [...new Set(rows.map(({ executor }) => executor))];
  return executors.flatMap((executor) => {
    const compared = rows.filter(
      (row) => row["executor"] === executor && isNumber(row[estimate]) && isNumber(row[predicted]),
    );
    if (compared.length === 0) return [];
    const differences = compared.map((row) => Math.abs(Number(row[predicted]) - Number(row[estimate])));
    const errors = differences.map((difference, i) =>
      of === "measured" ? difference / Math.abs(Number(compared[i]?.[estimate])) : difference,
    );
    const inside = compared.filter((row) => {
      const [from, to] = [row[low], row[high]];
      const value = Number(row[predicted]);
      return isNumber(from) && isNumber(to) && from <= value && value <= to;
    });
    return {
      executor,
      quantity,
      model,
      compared: compared.length,
      inside: inside.length,
      medianErrorShare: quantile(errors, 0.5, { minTail: 0 })?.estimate ?? null,
      largestErrorShare: Math.max(...errors),
      largestErrorMs: of === "measured" ? Math.max(...differences) : null,
      of,
    };
  });
}

function isNumber(value: Row[string] | undefined): value is number {
  return typeof value === "number";
}
