import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type { SuspensionCapacity, SuspensionConvoyData, SuspensionHold } from "./analysis.ts";

/** The tables that the suspension-convoy notebook has made. */
export interface SuspensionConvoySummaries {
  readonly holds: readonly SuspensionHold[];
  readonly capacities: readonly SuspensionCapacity[];
}

/** Names the numbers that the article cites; null where the profile did not measure a value. */
export function suspensionConvoyValues(
  dataset: SuspensionConvoyData,
  { holds, capacities }: SuspensionConvoySummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const beside = (blockers: number) => (variant: SuspensionHold["variant"], column: keyof SuspensionHold) =>
    valueAt(holds, { executor: "run-queue", variant, blockers }, column);
  const [calm, below, at] = [beside(0), beside(workers - 1), beside(workers)];
  const taking =
    (consumeMs: number) => (variant: SuspensionCapacity["variant"], column: keyof SuspensionCapacity) =>
      valueAt(capacities, { variant, consumeMs }, column);
  const [in2, in20] = [taking(2), taking(20)];
  return {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    holdBadCalmMs: calm("bad", "holdP50Ms"),
    holdBadBelowMs: below("bad", "holdP50Ms"),
    holdBadAtMs: at("bad", "holdP50Ms"),
    holdP95BadCalmMs: calm("bad", "holdP95Ms"),
    holdP95BadAtMs: at("bad", "holdP95Ms"),
    holdGoodCalmMs: calm("good", "holdP50Ms"),
    holdGoodAtMs: at("good", "holdP50Ms"),
    enrichmentBadCalmMs: calm("bad", "enrichmentP90Ms"),
    enrichmentBadAtMs: at("bad", "enrichmentP90Ms"),
    enrichmentGoodCalmMs: calm("good", "enrichmentP90Ms"),
    enrichmentGoodAtMs: at("good", "enrichmentP90Ms"),
    lateBadAtShare: at("bad", "lateShare"),
    lateGoodAtShare: at("good", "lateShare"),
    messagesBadAtPerSecond: at("bad", "messagesPerSecond"),
    messagesGoodAtPerSecond: at("good", "messagesPerSecond"),
    entriesBad2PerSecond: in2("bad", "entriesPerSecond"),
    entriesBad20PerSecond: in20("bad", "entriesPerSecond"),
    entriesGood2PerSecond: in2("good", "entriesPerSecond"),
    entriesGood20PerSecond: in20("good", "entriesPerSecond"),
    messagesBad2PerSecond: in2("bad", "messagesPerSecond"),
    messagesBad20PerSecond: in20("bad", "messagesPerSecond"),
    messagesGood2PerSecond: in2("good", "messagesPerSecond"),
    messagesGood20PerSecond: in20("good", "messagesPerSecond"),
    lawBad2PerSecond: in2("bad", "lawPerSecond"),
    lawBad20PerSecond: in20("bad", "lawPerSecond"),
  };
}
