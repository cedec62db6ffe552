import { join } from "node:path";
import { checkCampaign } from "../../audit/check-campaign.ts";
import { type Collected, collect } from "../../fleet/collect.ts";
import type { Statements } from "../../fleet/database/connection.ts";
import { readCampaigns } from "../../fleet/fleet-campaign.ts";
import { knownHosts } from "../../fleet/hosts.ts";
import { projectRoot } from "../../measure/project-root.ts";
import { DataError } from "../../measure/study-error.ts";
import { studyOf } from "../../studies/study.ts";
import { readExperiment } from "../../tables/read-experiment.ts";
import { outputFolder } from "../chosen-output.ts";
import type { CliContext, RegisterCommand } from "../command.ts";
import { examples } from "../examples.ts";
import { pathOption } from "../path-option.ts";
import { type AddressOptions, asPlanner, measurablesOf, withAddress } from "./address.ts";

interface CollectOptions extends AddressOptions {
  readonly out: string;
  readonly host?: string;
}

/** Adds `fleet collect`: assembles what was handed in, one data set a host, and verifies it. */
export const registerCollect: RegisterCommand = (fleet, context) => {
  withAddress(fleet.command("collect"))
    .description(
      "assemble what hosts handed in, one data set a host, and verify it; of an experiment that a host measured more than once, the finished campaign that was planned last takes the place of others",
    )
    .addOption(
      pathOption("--out <folder>", "folder of the data sets, one a host", join(projectRoot, "data", "fleet")),
    )
    .option("--host <label>", "of this host alone")
    .addHelpText("after", examples(["fleet collect --out /tmp/fleet", "then `claims --hosts /tmp/fleet`"]))
    .action(async ({ out, host, ...options }: CollectOptions) => {
      const folder = outputFolder(out);
      const all = await asPlanner(options, async ({ database }) => {
        await checkCampaigns(database, folder, host);
        const found: Collected[] = [];
        for await (const one of collect(database, measurablesOf(context), folder, host)) {
          context.print(describe(one));
          found.push(one);
        }
        return found;
      });
      if (all.every(({ kind }) => kind === "unfinished")) {
        throw new DataError(
          `no campaign is finished: 0 of ${all.length}; collect again once \`fleet status\` shows that all runs of one are answered`,
        );
      }
      const problems = all.flatMap((one) => problemsOf(one, context));
      if (problems.length > 0) throw new DataError(problems.join("\nerror: "));
    });
};

/** Refuses what would come to nothing, or would write where it may not, before anything is written. */
async function checkCampaigns(database: Statements, folder: string, host: string | undefined): Promise<void> {
  if (host !== undefined) await knownHosts(database, [host]);
  const campaigns = await readCampaigns(database, host);
  if (campaigns.length === 0) {
    throw new DataError(
      `campaign is missing: none is planned for ${host ?? "any host"}; plan one with \`fleet plan\``,
    );
  }
  // Below a folder that may be written to, a host's name or a link can lead among the reference data.
  for (const one of campaigns) outputFolder(join(folder, one.host), [one.identity.experiment]);
}

function describe(one: Collected): string {
  const place = `${one.host} ${one.experiment}`;
  if (one.kind === "unfinished")
    return `${place}: unfinished, ${one.answered} of ${one.planned} runs answered`;
  if (one.kind === "passed over") return `${place}: passed over, planned before the one that is collected`;
  if (one.kind === "not collected") return `${place}: not collected`;
  const { planned, valid } = one.manifest.runs;
  const what = one.kind === "replaced" ? "collected in place of an earlier campaign" : one.kind;
  return `${place}: ${what}, ${valid} of ${planned} runs valid, ${one.folder}`;
}

function problemsOf(one: Collected, { studies }: CliContext): string[] {
  if (one.kind === "not collected")
    return [`not collected: ${one.host} ${one.experiment}, ${one.problem.message}`];
  if (one.kind === "unfinished" || one.kind === "passed over") return [];
  const study = studyOf(one.experiment, studies);
  if (!study) throw new DataError(`experiment is unknown: ${one.experiment} in ${one.folder}`);
  const { problems } = checkCampaign(readExperiment(one.folder, study.experiment()), study);
  return problems.map((problem) => `data contradict themselves: ${one.folder}, ${problem}`);
}
