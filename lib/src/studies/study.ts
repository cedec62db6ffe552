import type { Experiment } from "../design/experiment.ts";
import type { Figure } from "../drawing/figure.ts";
import type { Claim } from "../ledger/claim.ts";
import type { Handed } from "../summary/handed.ts";
import { type Dataset, load, whyNotMeasured } from "../tables/load.ts";
import type { SampleRules } from "./sample-rules.ts";

/** A study: what it asks and measures, what it computes, claims and draws. One folder, one export. */
export interface Study {
  /** Kebab case, as its folder. */
  readonly name: string;
  /** Module that declares the experiment, which the process of each run loads; absent where nothing is measured. */
  readonly module?: URL;
  /** Declares the experiment, at the host's default worker counts unless others are given. */
  readonly experiment?: (workerCounts?: readonly number[]) => Experiment;
  /** What samples are whatever is found, so that tables can be checked by it. */
  readonly sampleRules?: SampleRules;
  readonly claims: readonly Claim[];
  readonly figures: Readonly<Record<string, (...inputs: never[]) => Figure>>;
  /** Says what a report page shows of the study's measurements, where there is no notebook. */
  readonly report?: (data: never) => StudyReport;
}

/** What a report page shows of a study. */
export interface StudyReport {
  /** Rows of summaries, under their titles. */
  readonly tables: Readonly<Record<string, readonly object[]>>;
  readonly figures: readonly Figure[];
  readonly values: Handed;
}

/** Says what a study reports of its measurements: nothing, where it has no report. */
export function reportOf({ report }: Study, data: Dataset): StudyReport {
  if (report === undefined) return { tables: {}, figures: [], values: {} };
  return (report as (data: Dataset) => StudyReport)(data);
}

/** A study with an experiment, whose measurements can be loaded. */
export interface MeasuredStudy<E extends Experiment = Experiment> {
  readonly module: URL;
  readonly experiment: (workerCounts?: readonly number[]) => E;
  /**
   * Loads the study's checked tables, by default those that notebooks read.
   *
   * @throws {DataError} where nothing was measured, or naming the table that is missing, damaged or altered.
   */
  readonly load: (folder?: string) => Dataset<E>;
  /** As `load`, but null where nothing was measured: for a study that another one only looks at. */
  readonly loadIfMeasured: (folder?: string) => Dataset<E> | null;
}

type Defined<S extends Study> = S &
  (S extends { readonly experiment: (workerCounts?: readonly number[]) => infer E extends Experiment }
    ? MeasuredStudy<E>
    : unknown);

/** Defines a study by its parts; one with an experiment can then load its measurements. */
export function defineStudy<S extends Study>(study: S): Defined<S> {
  const { experiment } = study;
  return { ...study, ...(experiment && loaders(experiment)) } as Defined<S>;
}

function loaders<E extends Experiment>(declare: () => E): Pick<MeasuredStudy<E>, "load" | "loadIfMeasured"> {
  return {
    load: (folder) => load(declare(), folder),
    loadIfMeasured: (folder) => {
      const experiment = declare();
      return whyNotMeasured(experiment, folder) === null ? load(experiment, folder) : null;
    },
  };
}

/** Tells whether a study measures. */
export function isMeasured(study: Study): study is Study & MeasuredStudy {
  return study.experiment !== undefined;
}

/** Declares the experiments of studies, in their order, each at its default worker counts unless others are given. */
export function declareExperiments(
  studies: readonly Study[],
  workerCounts?: readonly number[],
): readonly Experiment[] {
  return studies.filter(isMeasured).map(({ experiment }) => experiment(workerCounts));
}

/** Finds the study that measures an experiment; undefined where none of them does. */
export function studyOf(experiment: string, studies: readonly Study[]): (Study & MeasuredStudy) | undefined {
  return studies.filter(isMeasured).find((study) => study.experiment().name === experiment);
}

/** Loads what was measured of studies, in their order; a study without measurements is left out. */
export function measurementsOf(studies: readonly Study[], folder?: string): readonly Dataset<Experiment>[] {
  return studies.filter(isMeasured).flatMap(({ loadIfMeasured }) => loadIfMeasured(folder) ?? []);
}

/** Spells the folder of a study as the name that the library exports it under: `libuv-pool` is `libuvPool`. */
export function exportName(folder: string): string {
  return folder.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
