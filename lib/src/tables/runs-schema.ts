import type { ExperimentDeclaration, Level } from "./experiment-declaration.ts";
import type { ColumnDeclaration, ColumnType, Schema } from "./schema.ts";

/** Declares `runs.arrow`: one row a run, with the design's place, the factors' levels and the conditions. */
export function runsSchema({ name, factors, response }: ExperimentDeclaration): Schema {
  const levels = Object.fromEntries(
    Object.entries(factors).map(([factor, declaration]) => [factor, factorColumn(declaration)]),
  );
  for (const factor of Object.keys(factors)) {
    if (factor in design || factor in conditions || factor in hostEvidence || factor in response) {
      throw new TypeError(`factor of ${name} has the name of another column: ${factor}`);
    }
  }
  return { ...design, ...levels, ...conditions, ...hostEvidence };
}

/**
 * Declares `runs.arrow` as it was earlier: before runs told of their canary and their garbage collections, before factors
 * were declared that name the level of then, and before both.
 */
export function earlierRunsSchemas(declaration: ExperimentDeclaration): readonly Schema[] {
  const schema = runsSchema(declaration);
  const without = (isNew: (name: string) => boolean): Schema =>
    Object.fromEntries(Object.entries(schema).filter(([name]) => !isNew(name)));
  const isEvidence = (name: string) => name in hostEvidence;
  const isFactor = (name: string) => declaration.factors[name]?.before !== undefined;
  return [without(isEvidence), without(isFactor), without((name) => isEvidence(name) || isFactor(name))];
}

function factorColumn({
  unit,
  meaning,
  levels,
}: ExperimentDeclaration["factors"][string]): ColumnDeclaration {
  return { type: levelType(levels), unit, meaning: `factor: ${meaning}` };
}

/** Counts are stored as such, other numbers as they are, names once each. */
function levelType(levels: readonly Level[]): ColumnType {
  if (!levels.every((level) => typeof level === "number")) return "category";
  const counts = levels.every((level) => Number.isInteger(level) && level >= 0 && level < 2 ** 32);
  return counts ? "uint32" : "float64";
}

const design: Schema = {
  run: { type: "uint32", unit: "", meaning: "number of the run; samples refer to it" },
  block: { type: "uint16", unit: "", meaning: "block of the design: each is run completely before the next" },
  order: { type: "uint32", unit: "1", meaning: "position of the run in the campaign, from 0" },
  seed: { type: "uint32", unit: "", meaning: "seed of everything random within the run" },
  part: { type: "category", unit: "", meaning: "part of the design: base, or the factor that is varied" },
};

const conditions: Schema = {
  startedMs: { type: "float64", unit: "ms", meaning: "start of the run since the campaign began" },
  wallMs: { type: "float64", unit: "ms", meaning: "time the run took, its process's start and end apart" },
  valid: { type: "bool", unit: "", meaning: "whether the run passed every validity rule" },
  invalidReason: { type: "text", unit: "", meaning: "the rules the run broke", nullable: true },
  stealShare: {
    type: "float64",
    unit: "1",
    meaning: "share of CPU time the hypervisor gave to other machines; null where the system does not say",
    nullable: true,
  },
  pressureShare: {
    type: "float64",
    unit: "1",
    meaning:
      "share of time in which some thread waited for a CPU (PSI), the run's own threads included; null where the system does not say",
    nullable: true,
  },
  otherCpuShare: {
    type: "float64",
    unit: "1",
    meaning: "share of CPU time that other processes used; null where the system does not say",
    nullable: true,
  },
  dispatcherDelayP99Ns: {
    type: "int64",
    unit: "ns",
    meaning:
      "99th percentile of how late the dispatcher handed over wake-ups that were due; null without a dispatcher",
    nullable: true,
  },
  lostSamples: { type: "uint32", unit: "1", meaning: "samples the design asked for that never arrived" },
};

/** Absent from tables of before, and null where a host does not tell. */
const hostEvidence: Schema = {
  canaryLateP99Ns: {
    type: "int64",
    unit: "ns",
    meaning: "99th percentile of how late an idle thread woke that slept 10 ms over and over beside the run",
    nullable: true,
  },
  canaryLateMaxNs: {
    type: "int64",
    unit: "ns",
    meaning: "the most that the idle thread woke late",
    nullable: true,
  },
  stallLongestNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "longest stall: 10 ms or more that the idle thread woke late and that the CPU time of the run's own threads and processes does not explain; 0 without one",
    nullable: true,
  },
  stallShare: { type: "float64", unit: "1", meaning: "share of time lost in stalls", nullable: true },
  suspendedMs: {
    type: "float64",
    unit: "ms",
    meaning: "time for which the machine was suspended; null where the system does not say",
    nullable: true,
  },
  ...collections("gcMain", "on the thread that runs the dispatcher, if there is one"),
  ...collections("gcWorkers", "on the worker threads together; null without any, and where one did not tell"),
};

function collections(prefix: string, where: string): Schema {
  const duration = (meaning: string): ColumnDeclaration => ({
    type: "int64",
    unit: "ns",
    meaning,
    nullable: true,
  });
  return {
    [`${prefix}Count`]: {
      type: "uint32",
      unit: "1",
      meaning: `garbage collections ${where}`,
      nullable: true,
    },
    [`${prefix}Ns`]: duration(`time in garbage collections ${where}`),
    [`${prefix}LongestNs`]: duration(`longest garbage collection ${where}`),
    [`${prefix}MajorNs`]: duration(`time in garbage collections of more than the young generation ${where}`),
  };
}
