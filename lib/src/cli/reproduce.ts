import { join } from "node:path";
import { duration } from "../harness/duration.ts";
import type { Claim } from "../ledger/claim.ts";
import { didYouMean } from "../measure/nearest-name.ts";
import { UsageError } from "../measure/study-error.ts";
import { askedOf } from "../sequential/questions.ts";
import { type Reproduction, reproductionOf } from "../sequential/reproduction.ts";
import { isMeasured } from "../studies/study.ts";
import { localData } from "../tables/data-folder.ts";
import type { CliContext, RegisterCommand } from "./command.ts";
import { type DecideClaimsOptions, decideClaims } from "./decide-claims.ts";
import { examples } from "./examples.ts";

interface ReproduceOptions extends Omit<DecideClaimsOptions, "out"> {
  readonly claim: string;
  readonly out?: string;
}

/** Adds `reproduce`: measures what one claim reads, and judges it. */
export const registerReproduce: RegisterCommand = (program, context) => {
  program
    .command("reproduce")
    .description("measure on this host what one claim reads, until it is decided or has had its last look")
    .requiredOption("--claim <id>", "the claim, as `claims` and CLAIMS.md name it")
    .option("--seed <seed>", "seed of the order and of every run", "1")
    .option("--out <folder>", "folder of the data set (default: data/local/claim-<id>)")
    .option("--restart", "discard what an earlier campaign left in the folder, finished or not")
    .option("--quiet", "show warnings and errors only")
    .option("--json", "show the verdict as JSON on stdout; progress stays on stderr")
    .addHelpText(
      "after",
      examples(["reproduce --claim tenfold-step", "one claim, in less than a minute", "repository"]),
    )
    .action(async ({ claim: id, out, ...options }: ReproduceOptions) => {
      const claim = claimNamed(id, context);
      const study = context.studies.filter(isMeasured).find(({ name }) => name === claim.experiment);
      if (study === undefined) throw new UsageError(`claim has no experiment to measure: ${id}`);
      const experiment = study.experiment();
      const { print, studies } = context;
      if (!options.json && !options.quiet) print(describe(claim, reproductionOf(experiment, claim)));
      await decideClaims(
        {
          asked: askedOf([{ experiment, module: study.module }], studies, id),
          isAll: false,
          budgetMs: null,
        },
        { ...options, out: out ?? join(localData, `claim-${id}`) },
        context,
      );
    });
};

function claimNamed(id: string, { studies }: CliContext): Claim {
  const claims = studies.flatMap((study) => study.claims);
  const claim = claims.find((one) => one.id === id);
  if (claim !== undefined) return claim;
  const known = claims.map((one) => one.id);
  throw new UsageError(`claim is unknown: ${id}; \`claims\` lists them${didYouMean(id, known)}`);
}

function describe({ statement, margin, needs }: Claim, { firstMs, mostMs, rule }: Reproduction): string {
  return [
    statement,
    `  holds if  ${margin}`,
    `  needs     ${needs}`,
    `  takes     ${duration(firstMs)} to ${duration(mostMs)}`,
    `  decides   ${rule}`,
    "",
  ].join("\n");
}
