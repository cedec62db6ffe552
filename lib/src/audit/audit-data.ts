import type { Experiment } from "../design/experiment.ts";
import { identifyCode } from "../harness/code-identity.ts";
import { DataError } from "../measure/study-error.ts";
import { declareExperiments, isMeasured, type MeasuredStudy, type Study, studyOf } from "../studies/study.ts";
import { experimentFolder } from "../tables/data-folder.ts";
import { isUnmeasured } from "../tables/load.ts";
import type { Manifest } from "../tables/manifest.ts";
import { type ExperimentTables, readExperiment } from "../tables/read-experiment.ts";
import { type CampaignCheck, checkCampaign } from "./check-campaign.ts";
import { type AuditSection, type Finding, fine, missing } from "./finding.ts";

/**
 * Audits a data set: every declared experiment is there, its tables are the ones that the manifest hashed, no replicate
 * is missing, seeds follow from the campaign's, and runs are valid or say which rule they broke.
 */
export function auditData(folder: string, studies: readonly Study[]): AuditSection[] {
  const read = declareExperiments(studies).map((experiment) => ({
    experiment,
    tables: readOrTell(folder, experiment),
  }));
  const whole = read.flatMap(({ tables }) => ("manifest" in tables ? [tables] : []));
  return [
    {
      title: "Tables: hashes and schemas",
      findings: read.map(({ experiment, tables }) =>
        "manifest" in tables ? fine(describeTables(experiment.name, tables)) : tables,
      ),
    },
    {
      title: "Replicates and seeds",
      findings: whole.flatMap((tables) => auditReplicates(tables, studies)),
    },
    { title: "Validity", findings: whole.map(({ manifest }) => auditValidity(manifest)) },
    {
      title: "Versions and code",
      findings: [...whole.map(({ manifest }) => auditVersions(manifest)), ...auditCode(whole, studies)],
    },
  ];
}

function readOrTell(folder: string, experiment: Experiment): ExperimentTables | Finding {
  const own = experimentFolder(experiment, folder);
  if (isUnmeasured(own)) return missing(`${experiment.name}: not measured`);
  try {
    return readExperiment(own, experiment);
  } catch (error) {
    if (error instanceof DataError) return missing(`${experiment.name}: ${error.message}`);
    throw error;
  }
}

function describeTables(name: string, { manifest: { tables }, runs, samples }: ExperimentTables): string {
  return `${name}: ${runs.rows} runs (SHA-256 ${tables.runs.sha256.slice(0, 12)}…), ${samples.rows} samples (${tables.samples.sha256.slice(0, 12)}…)`;
}

function auditReplicates(tables: ExperimentTables, studies: readonly Study[]): Finding[] {
  const { experiment: name, profile, seed, parameters, replication } = tables.manifest;
  const { problems, designed } = checkOrTell(tables, studyOf(name, studies) as Study & MeasuredStudy);
  const parts = parameters.parts.map(
    ({ name: part, scenarios, replicates }) => `${part} ${scenarios} × ${replicates}`,
  );
  const precise = replication?.cells.filter(({ ended }) => ended === "precise").length ?? 0;
  const early = replication
    ? `, ${precise} of ${replication.cells.length} scenarios known well enough before`
    : "";
  return problems.length === 0
    ? [
        fine(
          `${name}: ${parts.join(", ")}${early}; profile ${profile}, seed ${seed}${designed ? "" : "; the design has changed since"}`,
        ),
      ]
    : problems.map((problem) => missing(`${name}: ${problem}`));
}

/** A campaign that nobody can derive again is one wrong line, and keeps no other from being told. */
function checkOrTell(tables: ExperimentTables, study: MeasuredStudy): CampaignCheck {
  try {
    return checkCampaign(tables, study);
  } catch (error) {
    if (error instanceof DataError) return { problems: [error.message], designed: false };
    throw error;
  }
}

function auditValidity({ experiment, runs: { planned, valid, invalid } }: Manifest): Finding {
  const broken = Object.entries(invalid).map(([rule, count]) => `${rule} ${count}`);
  const text = `${experiment}: ${valid} of ${planned} runs valid${broken.length > 0 ? ` (${broken.join(", ")})` : ""}`;
  return valid === 0 ? missing(`${text}: no evidence`) : fine(text);
}

/**
 * Tells which experiments the code of this checkout measured, and which an earlier state of it did: what changed since is
 * not in their data. An identity covers what an experiment's own runs load, so that each has one of its own.
 */
function auditCode(whole: readonly ExperimentTables[], studies: readonly Study[]): Finding[] {
  const modules = new Map(studies.filter(isMeasured).map(({ name, module }) => [name, module]));
  const states = Map.groupBy(whole, ({ manifest: { experiment, code } }) => {
    const module = modules.get(experiment);
    return module && identifyCode(module).sha256 === code.sha256
      ? "the code of this checkout"
      : commitOf(code);
  });
  return [...states].map(([state, measured]) =>
    fine(`measured by ${state}: ${measured.map(({ manifest }) => manifest.experiment).join(", ")}`),
  );
}

function commitOf({ commit }: Manifest["code"]): string {
  return `an earlier state of the code, commit ${commit?.slice(0, 12) ?? "unknown"}`;
}

function auditVersions({ experiment, software, code, host, date, warnings }: Manifest): Finding {
  const text = `${experiment}: ${date}, Node.js ${software.node} (${software.runtime}), lockfile ${software.lockfileSha256?.slice(0, 12) ?? "unknown"}, code ${code.sha256.slice(0, 12)}, commit ${code.commit?.slice(0, 12) ?? "unknown"}, clock ${host.clockSource ?? "unknown"}`;
  if (code.dirty === true) return missing(`${text}: measured by code that was not committed`);
  return warnings.length === 0 ? fine(text) : missing(`${text}: ${warnings.join("; ")}`);
}
