import type { Edition } from "../../article/edition.ts";
import { cliffData } from "../cliff/cliff-data.ts";
import type { MeasuredPoint } from "../pool/step-chart.ts";
import type { MedianEdition } from "./median-chart.ts";

/** Medians beside blockers that do not end, by the numbers of blockers at which they were measured. */
const medians = [
  { blockers: 3, value: "scheduling-delay.p50RunQueueSustainedBelowMs" },
  { blockers: 4, value: "scheduling-delay.p50RunQueueSustainedAtMs" },
] as const;

/** Takes the measured points of editions from their figures and values. @throws DataError if the reference lacks them */
export async function medianData(editions: readonly Edition[]): Promise<MedianEdition[]> {
  const { measured } = await cliffData(editions);
  return measured["run-queue"].map((measured) => {
    const edition = editions.find(({ source }) => source.name === measured.name);
    return { ...measured, endless: endlessOf(edition?.values) };
  });
}

function endlessOf(values: Edition["values"] = new Map()): MeasuredPoint[] {
  return medians.flatMap(({ blockers, value: name }) => {
    const value = values.get(name);
    return typeof value === "number" ? [{ blockers, value, low: value, high: value }] : [];
  });
}
