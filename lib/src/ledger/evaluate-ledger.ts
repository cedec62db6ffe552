import { withRunsRead } from "../summary/read-runs.ts";
import { experimentFolder } from "../tables/data-folder.ts";
import type { ExperimentDeclaration } from "../tables/experiment-declaration.ts";
import { type Dataset, load, whyNotMeasured } from "../tables/load.ts";
import { samplesFile } from "../tables/read-experiment.ts";
import type { Claim } from "./claim.ts";
import { type Judgement, undecided } from "./judge.ts";
import { judgeInRounds } from "./judge-at-look.ts";
import { judgeable } from "./judgeable.ts";

/** Where the verdict of a claim comes from, from the notebook that shows it down to the table that decides it. */
export interface EvidencePath {
  readonly notebook: string;
  readonly cell: string;
  /** The table, relative to the data set, and its hash as the manifest has it; null if the host has none. */
  readonly table: { readonly path: string; readonly sha256: string } | null;
  readonly experiment: string;
}

/** What the ledger needs to know of a study. */
export interface JudgedStudy {
  readonly claims: readonly Claim[];
  /** Says how the tables of the study read; absent where nothing is measured. */
  readonly experiment?: () => ExperimentDeclaration;
}

/** One claim as judged by one host's data. */
export interface LedgerRow extends Judgement {
  readonly claim: Claim;
  readonly evidence: EvidencePath;
  /** Runs that the claim read; of one that reads its samples by itself, 0. */
  readonly runs: number;
  /** Whether the verdict is the expected one; null without a verdict. */
  readonly asExpected: boolean | null;
}

/**
 * Judges every claim of the studies by the data set in a folder. An experiment that is not in it makes its claims not testable here.
 *
 * @throws {DataError} naming a table that is damaged, altered or of another schema, or whose values a claim cannot be judged by.
 */
export function evaluateLedger(folder: string, studies: readonly JudgedStudy[]): LedgerRow[] {
  const claims = studies.flatMap((study) => study.claims);
  const declarations = studies.flatMap(({ experiment }) => (experiment ? [experiment()] : []));
  const experiments = new Set(claims.map(({ experiment }) => experiment));
  const rows = new Map<Claim, LedgerRow>();
  // One experiment after the other: its samples need not stay in memory.
  for (const experiment of experiments) {
    const data = loadIfMeasured(folder, experiment, declarations);
    for (const claim of claims)
      if (claim.experiment === experiment) rows.set(claim, judgeClaim(claim, data, folder));
  }
  return claims.map((claim) => rows.get(claim) as LedgerRow);
}

function loadIfMeasured(
  folder: string,
  experiment: string,
  declarations: readonly ExperimentDeclaration[],
): Dataset | string {
  const declaration = declarations.find(({ name }) => name === experiment);
  if (declaration === undefined) return "not declared";
  return whyNotMeasured(declaration, folder) ?? load(declaration, folder);
}

function judgeClaim(claim: Claim, data: Dataset | string, folder: string): LedgerRow {
  const { experiment, evidence, expected } = claim;
  const { value: judgement, runs } = withRunsRead(() =>
    typeof data === "string"
      ? undecided(`${experiment}: ${data}`)
      : judgeable(claim, experimentFolder(data.declaration, folder), () => judgeInRounds(claim, data)),
  );
  const { verdict } = judgement;
  const table =
    typeof data === "string"
      ? null
      : { path: `${experiment}/${samplesFile}`, sha256: data.manifest.tables.samples.sha256 };
  return {
    ...judgement,
    claim,
    runs: runs.size,
    evidence: { ...evidence, table, experiment },
    asExpected: verdict === "not testable here" ? null : verdict === expected.verdict,
  };
}
