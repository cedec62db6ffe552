import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import type { SampleRow } from "../marked-counts.ts";

/**
 * Lists the errors that operations ended with, by mechanism: message, innermost frame, and how many carried both, most
 * frequent first within a mechanism.
 */
export function errorTexts(dataset: Dataset): ColumnTable {
  const rows = (dataset.samples.objects() as SampleRow[]).filter(({ message }) => message !== null);
  const groups = Map.groupBy(rows, ({ mechanism, message, stack }) =>
    JSON.stringify([mechanism, message, String(stack).split("\n")[0]]),
  );
  const order = dataset.manifest.parameters.factors["mechanism"] ?? [];
  const texts = [...groups].map(([key, { length }]) => {
    const [mechanism, message, frame] = JSON.parse(key) as [string, string, string];
    return { mechanism, message, frame, failures: length };
  });
  const place = (mechanism: string) => order.indexOf(mechanism);
  return from(texts.sort((a, b) => place(a.mechanism) - place(b.mechanism) || b.failures - a.failures));
}
