import type { Experiment } from "../design/experiment.ts";
import { isPlanned } from "../harness/campaign-identity.ts";
import { identifyCode } from "../harness/code-identity.ts";
import { designOf, planRuns } from "../harness/plan.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import type { SampleRules } from "../studies/sample-rules.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import { samplesSchema } from "../tables/samples-schema.ts";
import { checkCircumstances } from "./check-circumstances.ts";
import { checkDurations } from "./check-durations.ts";
import { checkEarlierDesign, measuredPlan } from "./check-earlier-design.ts";
import { checkDesign, checkManifest, checkParts } from "./check-manifest.ts";
import { checkPressure } from "./check-pressure.ts";
import { checkReplication } from "./check-replication.ts";
import { checkStatedRules } from "./check-rules.ts";
import { checkRuns } from "./check-runs.ts";
import { checkSampleRules } from "./check-sample-rules.ts";
import { checkDescriptions, checkSamples, countSamples } from "./check-samples.ts";
import { checkTimes } from "./check-times.ts";
import { type DeclaredDesign, findDesign } from "./find-design.ts";
import { checkReplicates, measuredDesign } from "./replicates.ts";
import { runsOfTable } from "./run-of-table.ts";
import { type SpanOfRun, spansOfRuns } from "./samples-of-runs.ts";

/** What became of the derivation. */
export interface CampaignCheck {
  /** One message a difference. */
  readonly problems: readonly string[];
  /** Whether the declared design is the one that was measured; if not, what follows from it is derived from the tables. */
  readonly designed: boolean;
}

/** What declares the experiment of a campaign. */
export interface Declared {
  /** Module of the declaration, whose code measures; absent where nothing can tell that code. */
  readonly module?: URL;
  readonly sampleRules?: SampleRules;
  /** Declares the experiment at given worker counts, or at its own. */
  readonly experiment: (workerCounts?: readonly number[]) => Experiment;
}

/**
 * Derives again everything about a campaign that follows from its declared design, its seed and its tables, and compares.
 * Where the design has changed since, the tables' own scenarios and the manifest's replicates stand for it: which run was to be
 * done when can no longer be derived, but all that holds of every design.
 */
export function checkCampaign(tables: ExperimentTables, declared: Declared): CampaignCheck {
  const { manifest, runs, samples, rowOfSample } = tables;
  const declare = declared.experiment;
  const found = findDesign(manifest, runs, declare);
  const experiment = found?.experiment ?? declare();
  const spans = spansOfRuns(rowOfSample, runs.rows);
  const problems = [
    ...checkDescriptions({ path: "runs.arrow", described: tables.describedRuns }, tables.runsSchema),
    ...checkDescriptions({ path: "samples.arrow", described: samples.described }, samplesSchema(experiment)),
    ...checkStatedRules(manifest.validityRules, tables),
    ...checkManifest(tables, experiment),
    ...checkCircumstances(manifest, runsOfTable(runs)),
    ...(spans === null ? ["samples do not lie run by run, in the order of the runs"] : []),
    ...(found ? checkDeclared(tables, found, spans) : checkUndeclared(tables, declared, spans)),
    ...checkSamples(tables),
    ...checkSampleRules(tables, declared.sampleRules ?? {}),
    ...(experiment.simulated === true ? [] : checkDurations(tables)),
  ];
  return { problems, designed: found !== null };
}

type Spans = readonly SpanOfRun[] | null;

function checkDeclared(tables: ExperimentTables, found: DeclaredDesign, spans: Spans): string[] {
  const { manifest, runs } = tables;
  const { experiment, profile, plan } = found;
  const rows = runsOfTable(runs);
  const told = isPlanned(manifest, plan)
    ? []
    : [
        "manifest does not say which of the planned runs were needed as its campaign decided it: its replication is missing, or one too many",
      ];
  return [
    ...told,
    ...checkDesign(manifest, found),
    ...checkTimes(manifest, rows, found),
    ...checkPressure(manifest, rows, found),
    ...checkRuns(manifest, rows, countSamples(tables), plan),
    ...checkReplicates(manifest, runs.columns, designOf(experiment, profile)),
    ...(spans ? checkReplication(tables, spans, experiment, plan) : []),
  ];
}

function checkUndeclared(tables: ExperimentTables, declared: Declared, spans: Spans): string[] {
  const { manifest, runs } = tables;
  const { module, experiment: declare } = declared;
  const design = measuredDesign(manifest, runs.columns);
  const rows = runsOfTable(runs);
  const isOfThisCode = module !== undefined && identifyCode(module).sha256 === manifest.code.sha256;
  return [
    ...(isOfThisCode
      ? ["the code of this checkout measured it, and declares no design of its identity"]
      : []),
    ...unplannable(declare(), manifest),
    ...checkParts(manifest, design),
    ...checkEarlierDesign(manifest, runs, design),
    ...checkTimes(manifest, rows, null),
    ...checkRuns(manifest, rows, countSamples(tables), null),
    ...checkReplicates(manifest, runs.columns, design),
    ...(spans ? checkReplication(tables, spans, declare(), measuredPlan(manifest, runs, design)) : []),
  ];
}

/** A profile or a restriction that was edited may leave nothing to plan. */
function unplannable(
  experiment: Experiment,
  { profile, seed, parameters: { restriction } }: ExperimentTables["manifest"],
): string[] {
  try {
    planRuns(experiment, profile, seed, restriction);
    return [];
  } catch (error) {
    if (error instanceof UsageError || error instanceof DataError) return [error.message];
    throw error;
  }
}
