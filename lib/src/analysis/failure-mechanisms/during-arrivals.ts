import type { Dataset } from "../../tables/load.ts";

/** Operations arrive for 600 ms: 120 of them, 5 ms apart on average. */
const arrivalsMs = 600;

/** Keeps the rows from the time in which operations arrive, not from before the first or while the last ones end. */
export function duringArrivals(dataset: Dataset): Dataset {
  const times = dataset.samples.array("intendedNs") as ArrayLike<number>;
  const rows = Array.from(times).flatMap((ns, row) => (ns >= 0 && ns < arrivalsMs * 1e6 ? [row] : []));
  return { ...dataset, samples: dataset.samples.reify(rows) };
}
