import { isDeepStrictEqual } from "node:util";
import type { DesignPart, Experiment } from "../design/experiment.ts";
import { fingerprint } from "../harness/campaign-identity.ts";
import { codeChanged, softwareWarnings } from "../harness/describe-software.ts";
import type { Plan } from "../harness/plan.ts";
import { hostLabel } from "../measure/host-description.ts";
import { columnOf } from "../tables/column-of.ts";
import type { Manifest } from "../tables/manifest.ts";
import type { OpenTable } from "../tables/open-table.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import type { Schema } from "../tables/schema.ts";
import { countRules } from "../tables/validity.ts";
import type { DeclaredDesign } from "./find-design.ts";

type Derived = readonly [field: string, found: unknown, derived: unknown];

/**
 * Derives again what a manifest says of its campaign, from the tables. A campaign whose code changed under way is refused: it
 * was planned by code that its manifest does not name, and no one state of the code stands for its runs.
 *
 * @returns one message a field that says something else
 */
export function checkManifest(tables: ExperimentTables, { question }: Experiment): string[] {
  const { manifest, runs } = tables;
  const valid = columnOf(runs.columns, "valid");
  const reasons = columnOf(runs.columns, "invalidReason");
  const { host } = manifest;
  const derived: readonly Derived[] = [
    ["runs.planned", manifest.runs.planned, runs.rows],
    ["runs.valid", manifest.runs.valid, Array.from<unknown>(valid).filter((one) => one === true).length],
    ["runs.invalid", manifest.runs.invalid, countRules(Array.from<unknown>(reasons))],
    ["question", manifest.question, question],
    ["identity.tables", manifest.identity.tables, identifyTables(tables)],
    ["host.label", host.label, hostLabel(host.cpuModel, host.cores)],
    ["warnings", manifest.warnings, softwareWarnings(manifest.software)],
    ["plan", manifest.plan, planOf(manifest)],
  ];
  const told = manifest.warnings.includes(codeChanged)
    ? [`${codeChanged}, so that no one state of it stands for the runs; measure again with --restart`]
    : [];
  return [...told, ...differing(derived)];
}

/** Derives again what a manifest says of the declared design that its identity names. */
export function checkDesign(
  { profile, parameters }: Manifest,
  { experiment, profile: planned, restriction, plan }: DeclaredDesign,
): string[] {
  return differing([
    ["profile", profile, planned],
    ["parameters.restriction", parameters.restriction, restriction],
    ["parameters.blocks", parameters.blocks, plan.blocks],
    ["parameters.factors", parameters.factors, levelsOf(experiment)],
    ["parameters.parts", parameters.parts, partsOf(plan)],
  ]);
}

/** Derives the parts of a campaign again from the scenarios that its tables have. */
export function checkParts({ parameters: { parts } }: Manifest, measured: readonly DesignPart[]): string[] {
  return differing([["parameters.parts", parts, partsOf({ parts: measured })]]);
}

function differing(derived: readonly Derived[]): string[] {
  return derived
    .filter(([, found, again]) => !isDeepStrictEqual(found, again))
    .map(
      ([field, found, again]) =>
        `manifest says ${field} is ${JSON.stringify(found)}; derived again it is ${JSON.stringify(again)}`,
    );
}

function levelsOf({ factors }: Experiment): Manifest["parameters"]["factors"] {
  return Object.fromEntries(Object.entries(factors).map(([name, { levels }]) => [name, [...levels]]));
}

function partsOf({ parts }: Pick<Plan, "parts">): Manifest["parameters"]["parts"] {
  return parts.map(({ name, scenarios, replicates }) => ({ name, scenarios: scenarios.length, replicates }));
}

function planOf({ experiment, profile, seed, identity, code, software }: Manifest): string {
  const { design, tables } = identity;
  return fingerprint({
    experiment,
    profile,
    seed,
    design,
    tables,
    code: code.sha256,
    runtime: `v${software.node}`,
  });
}

/** Tables say of each column what its declaration said when they were measured. */
function identifyTables({ describedRuns, runsSchema, samples }: ExperimentTables): string {
  return fingerprint([asWritten(runsSchema, describedRuns), asWritten(samples.schema, samples.described)]);
}

function asWritten(schema: Schema, described: OpenTable["described"]): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([name, { type, nullable }]) => {
      const { unit = "", meaning = "" } = described[name] ?? {};
      return [name, { type, unit, meaning, ...(nullable && { nullable }) }];
    }),
  );
}
