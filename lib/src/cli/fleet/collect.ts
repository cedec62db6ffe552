import { join } from "node:path";
import { checkCampaign } from "../../audit/check-campaign.ts";
import { type Collected, collect } from "../../fleet/collect.ts";
import { projectRoot } from "../../measure/project-root.ts";
import { DataError } from "../../measure/study-error.ts";
import { studyOf } from "../../studies/study.ts";
import { readExperiment } from "../../tables/read-experiment.ts";
import { outputFolder } from "../chosen-output.ts";
import type { CliContext, RegisterCommand } from "../command.ts";
import { examples } from "../examples.ts";
import { type AddressOptions, asPlanner, measurablesOf, withAddress } from "./address.ts";

interface CollectOptions extends AddressOptions {
  readonly out: string;
  readonly host?: string;
}

/** Adds `fleet collect`: assembles what was handed in, one data set a host, and verifies it. */
export const registerCollect: RegisterCommand = (fleet, context) => {
  withAddress(fleet.command("collect"))
    .description(
      "assemble what hosts handed in, one data set a host, and verify it; of an experiment that a host measured more than once, the latest finished campaign takes the place of an earlier one",
    )
    .option("--out <folder>", "folder of the data sets, one a host", join(projectRoot, "data", "fleet"))
    .option("--host <label>", "of this host alone")
    .addHelpText("after", examples(["fleet collect --out /tmp/fleet", "then `claims --hosts /tmp/fleet`"]))
    .action(async ({ out, host, ...options }: CollectOptions) => {
      const folder = outputFolder(out);
      const problems = await asPlanner(options, async ({ database }) => {
        const found: string[] = [];
        for await (const one of collect(database, measurablesOf(context), folder, host)) {
          context.print(describe(one));
          found.push(...problemsOf(one, context));
        }
        return found;
      });
      if (problems.length > 0) throw new DataError(problems.join("\nerror: "));
    });
};

function describe(one: Collected): string {
  const place = `${one.host} ${one.experiment}`;
  if (one.kind === "unfinished")
    return `${place}: unfinished, ${one.answered} of ${one.planned} runs answered`;
  if (one.kind === "not collected") return `${place}: not collected`;
  const { planned, valid } = one.manifest.runs;
  const what = one.kind === "replaced" ? "collected in place of an earlier campaign" : one.kind;
  return `${place}: ${what}, ${valid} of ${planned} runs valid, ${one.folder}`;
}

function problemsOf(one: Collected, { studies }: CliContext): string[] {
  if (one.kind === "not collected")
    return [`not collected: ${one.host} ${one.experiment}, ${one.problem.message}`];
  if (one.kind === "unfinished") return [];
  const study = studyOf(one.experiment, studies);
  if (!study) throw new DataError(`experiment is unknown: ${one.experiment} in ${one.folder}`);
  const { problems } = checkCampaign(readExperiment(one.folder, study.experiment()), study);
  return problems.map((problem) => `data contradict themselves: ${one.folder}, ${problem}`);
}
