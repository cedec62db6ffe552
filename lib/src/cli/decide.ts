import { join } from "node:path";
import { UsageError } from "../measure/study-error.ts";
import { askedOf } from "../sequential/questions.ts";
import { localData } from "../tables/data-folder.ts";
import type { RegisterCommand } from "./command.ts";
import { type DecideClaimsOptions, decideClaims } from "./decide-claims.ts";
import { selectDesign } from "./design-options.ts";
import { examples } from "./examples.ts";
import { pathOption } from "./path-option.ts";

interface DecideOptions extends DecideClaimsOptions {
  readonly budget: string;
  readonly workers?: string;
}

/** Adds `decide`: a quick look that decides, in rounds, as long as claims are open. */
export const registerDecide: RegisterCommand = (program, context) => {
  program
    .command("decide")
    .description(
      "judge as many claims as a few minutes allow: measures in rounds, and only what open claims read; interrupted, the same command goes on",
    )
    .argument("[names...]", "experiments whose claims to decide", ["all"])
    .option("--budget <minutes>", "expected time of all runs", "12")
    .option("--workers <number>", "measure at this number of workers instead of the default ones")
    .option("--seed <seed>", "seed of the order and of every run", "1")
    .addOption(pathOption("--out <folder>", "folder of the data set", join(localData, "sequential")))
    .option("--restart", "discard what an earlier campaign left in the folder, finished or not")
    .option("--quiet", "show warnings and errors only")
    .option("--json", "show what was decided as JSON on stdout; progress stays on stderr")
    .addHelpText(
      "after",
      examples(
        ["decide --out /tmp/mine", "a quick look that decides"],
        ["decide scheduling-delay remedies --budget 3", "the claims of two experiments", "repository"],
      ),
    )
    .action(async (names: string[], options: DecideOptions) => {
      const selections = selectDesign(
        names,
        { profile: "full", set: [], ...(options.workers !== undefined && { workers: options.workers }) },
        context,
      );
      const budgetMs = parseBudget(options.budget);
      const isAll = options.workers === undefined && names.includes("all");
      const campaign = { asked: askedOf(selections, context.studies), isAll, budgetMs };
      await decideClaims(campaign, options, context);
    });
};

/** Reads a number of minutes. */
function parseBudget(text: string): number {
  const minutes = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (minutes > 0 && minutes <= mostMinutes) return minutes * 60_000;
  throw new UsageError(`budget must be a number of minutes from above 0 to ${mostMinutes}; got ${text}`);
}

/** A day: the full profile takes less. */
const mostMinutes = 1440;
