import { join } from "node:path";
import { checkFolder } from "../harness/check-folder.ts";
import { describeSoftware, softwareWarnings } from "../harness/describe-software.ts";
import { discardCampaign } from "../harness/discard-campaign.ts";
import type { Progress } from "../harness/progress.ts";
import { type CampaignEnd, runCampaign } from "../harness/run-campaign.ts";
import { environmentWarnings } from "../harness/run-environment.ts";
import { showProgress } from "../harness/show-progress.ts";
import { isInstalled } from "../measure/project-root.ts";
import { NoEvidenceError } from "../measure/study-error.ts";
import { localData } from "../tables/data-folder.ts";
import { outputFolder } from "./chosen-output.ts";
import type { RegisterCommand } from "./command.ts";
import { type DesignOptions, selectDesign, withDesignOptions } from "./design-options.ts";
import { commandName, examples } from "./examples.ts";
import { parseSeed } from "./parse-seed.ts";
import { asJson, describeSummary, type RunSummary, summariseRun } from "./run-summary.ts";
import { textTable } from "./text-table.ts";
import { signalCodes, untilSignal } from "./until-signal.ts";

interface RunOptions extends DesignOptions {
  readonly seed: string;
  readonly out?: string;
  readonly restart?: boolean;
  readonly quiet?: boolean;
  readonly fixed?: boolean;
  readonly json?: boolean;
  readonly replaceReference?: boolean;
}

/** Adds `run`: measures experiments; interrupted or killed, the same command goes on where it was. */
export const registerRun: RegisterCommand = (program, context) => {
  withDesignOptions(program.command("run"))
    .description("measure experiments on this host; interrupted, the same command goes on where it was")
    .argument("<names...>", "experiments, or all")
    .option("--seed <seed>", "seed of the order and of every run", "1")
    .option("--out <folder>", "folder of the data set (default: data/local/<profile>)")
    .option("--restart", "discard what an earlier campaign left in the folder, finished or not")
    .option("--fixed", "do every replicate, even of scenarios that are known well enough")
    .option("--quiet", "show warnings and errors only")
    .option("--json", "show what was found as JSON on stdout; progress stays on stderr")
    .option("--replace-reference", "allow --out among the committed reference data")
    .addHelpText(
      "after",
      examples(
        ["run all --profile quick --out /tmp/mine", "a first look at every experiment"],
        [
          "run scheduling-delay --workers 8 --set executor=pinned",
          "one experiment, other levels",
          "repository",
        ],
        [
          "run early-detection --workers 1 --out /tmp/small --json",
          "what a pool of one makes of a service, as JSON",
          "repository",
        ],
      ),
    )
    .action(async (names: string[], options: RunOptions) => {
      const selections = selectDesign(names, options, context);
      const seed = parseSeed(options.seed);
      const out = outputFolder(
        options.out ?? join(localData, options.profile),
        selections.map(({ experiment }) => experiment.name),
        options.replaceReference ?? false,
      );
      const requests = selections.map(({ study, experiment, module, restriction }) => ({
        study,
        request: {
          experiment,
          restriction,
          seed,
          out,
          module,
          profile: options.profile,
          restart: options.restart ?? false,
          fixed: options.fixed ?? false,
          ...(context.conditions && { conditions: context.conditions }),
        },
      }));
      for (const { request } of requests) checkFolder(request);
      if (options.restart) for (const { request } of requests) discardCampaign(request);
      const summaries: RunSummary[] = [];
      const progress = showProgress(process.stderr, options.quiet);
      const warnings = [...softwareWarnings(describeSoftware()), ...environmentWarnings()];
      for (const warning of warnings) progress.warn(`warning: ${warning}`);

      await untilSignal(async (signal) => {
        for (const { study, request } of requests) {
          const { experiment } = request;
          const end = await runCampaign(request, progress, signal).catch((error: unknown) => {
            progress.end();
            throw error;
          });
          tell(progress, experiment.name, end);
          if (end.kind === "stopped") return;
          const summary = summariseRun(out, study, experiment, end.manifest);
          summaries.push(summary);
          if (!options.quiet && !options.json) context.print(describeSummary(summary));
        }
      });
      if (options.json) context.print(JSON.stringify({ experiments: summaries.map(asJson) }, null, 2));
      if (summaries.length < selections.length) return;
      if (!options.quiet && !options.json) context.print(describeNext(out));
      const empty = summaries.filter(({ runs }) => runs.valid === 0).map(({ experiment }) => experiment);
      if (empty.length === summaries.length) {
        throw new NoEvidenceError(
          `no run is valid: ${empty.join(", ")} in ${out}; measure again on a quieter host with --restart`,
        );
      }
    });
};

function describeNext(out: string): string {
  const beside = ["", `${commandName} compare ${out}`, "the reference beside them"];
  const lines = textTable([
    ["data", out, ""],
    ["next", `${commandName} claims ${out}`, "what they say of every claim, with reasons"],
    ...(isInstalled ? [] : [beside]),
    ["", `${commandName} decide`, "measures where claims are still open, in a few minutes"],
  ]);
  return ["", ...lines].join("\n");
}

function tell(progress: Progress, name: string, end: CampaignEnd): void {
  if (end.kind === "stopped") {
    progress.end(
      `${name}: stopped after ${end.done} of ${end.total} runs; the same command, without --restart, goes on from here`,
    );
    process.exitCode ||= signalCodes.SIGINT;
    return;
  }
  const { planned, valid, invalid } = end.manifest.runs;
  const cells = end.manifest.replication?.cells ?? [];
  const saved = cells.reduce((sum, { cap, runs }) => sum + cap - runs, 0);
  const reasons = Object.entries(invalid).map(([rule, count]) => `${rule} ${count}`);
  progress.end(
    `${name}: finished, ${valid} of ${planned} runs valid${reasons.length > 0 ? ` (${reasons.join(", ")})` : ""}${saved > 0 ? `; ${saved} more were not needed` : ""}`,
  );
  if (valid === 0)
    progress.warn(`warning: ${name} has no valid run; measure again on a quieter host with --restart`);
}
