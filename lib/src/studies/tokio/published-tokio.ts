import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ColumnTable, fromCSV } from "arquero";
import { projectRoot } from "../../measure/project-root.ts";

/**
 * Gives what the Tokio study published for one of its experiments: one row a value, as in `data/published/tokio.csv`.
 *
 * @see https://github.com/Bobby-Math/tokio-blocking-bench
 */
export function publishedTokio(
  experiment: "scheduling-delay" | "request-timeouts" | "fixed-workload" | "load-ramp" | "introspection",
): ColumnTable {
  const table = fromCSV(readFileSync(join(projectRoot, "data", "published", "tokio.csv"), "utf8"));
  return table.params({ experiment }).filter((row: Row, $: Row) => row["experiment"] === $["experiment"]);
}

type Row = Readonly<Record<string, string | number | null>>;
