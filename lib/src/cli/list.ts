import { sum } from "simple-statistics";
import { duration } from "../harness/duration.ts";
import { planRuns } from "../harness/plan.ts";
import type { RegisterCommand } from "./command.ts";
import { type DesignOptions, type Selection, selectDesign, withDesignOptions } from "./design-options.ts";
import { examples } from "./examples.ts";
import { textTable } from "./text-table.ts";

/** Adds `list`: what a campaign would measure and how long it would take, before anything runs. */
export const registerList: RegisterCommand = (program, context) => {
  withDesignOptions(program.command("list"))
    .description("show experiments, factors, scenarios, replicates and expected duration; runs nothing")
    .argument("[names...]", "experiments", ["all"])
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples(
        ["list --profile full", "all experiments, as a study is measured"],
        [
          "list scheduling-delay --set executor=pinned",
          "what is left of one with a single executor",
          "repository",
        ],
      ),
    )
    .action((names: string[], options: DesignOptions & { json?: boolean }) => {
      const listing = selectDesign(names, options, context).map((selection) => describe(selection, options));
      if (options.json)
        context.print(JSON.stringify({ profile: options.profile, experiments: listing }, null, 2));
      else context.print(render(listing, options.profile));
    });
};

type Listing = ReturnType<typeof describe>;

function describe({ experiment, restriction }: Selection, { profile }: DesignOptions) {
  const { jobs, blocks, parts } = planRuns(experiment, profile, 0, restriction);
  return {
    name: experiment.name,
    question: experiment.question,
    factors: experiment.factors,
    blocks,
    parts: parts.map(({ name, scenarios, replicates }) => ({
      name,
      scenarios: scenarios.length,
      replicates,
      expectedMs: replicates * sum(scenarios.map((scenario) => experiment.expectedMs(scenario))),
    })),
    runs: jobs.length,
    expectedMs: sum(jobs.map(({ scenario }) => experiment.expectedMs(scenario))),
  };
}

function render(listing: readonly Listing[], profile: string): string {
  const experiments = listing.map(({ name, question, factors, parts, runs, expectedMs }) =>
    [
      `${name}: ${question}`,
      ...textTable(
        Object.entries(factors).map(([factor, { levels, meaning }]) => [
          `  ${factor}`,
          shorten(levels),
          meaning,
        ]),
      ),
      ...textTable(
        parts.map((part) => [
          `  ${part.name === "base" ? "base" : `varied: ${part.name}`}`,
          `${part.scenarios} scenarios × ${part.replicates} replicates`,
          `about ${duration(part.expectedMs)}`,
        ]),
      ),
      `  ${runs} runs, about ${duration(expectedMs)}`,
    ].join("\n"),
  );
  const all = sum(listing.map(({ expectedMs }) => expectedMs));
  return [...experiments, `Profile ${profile}: about ${duration(all)} in all`].join("\n\n");
}

/** Long runs of numbers are told by their ends. */
function shorten(levels: readonly (string | number)[]): string {
  const [first] = levels;
  const successive = levels.every((level, i) => typeof first === "number" && level === first + i);
  return successive && levels.length > 8 ? `${first} … ${levels.at(-1)}` : levels.join(", ");
}
