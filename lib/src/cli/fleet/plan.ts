import { type HostShare, planFleet } from "../../fleet/plan-fleet.ts";
import { duration } from "../../harness/duration.ts";
import { UsageError } from "../../measure/study-error.ts";
import type { RegisterCommand } from "../command.ts";
import { type DesignOptions, parseWorkers, selectDesign, withDesignOptions } from "../design-options.ts";
import { examples } from "../examples.ts";
import { parseSeed } from "../parse-seed.ts";
import { textTable } from "../text-table.ts";
import { type AddressOptions, asPlanner, withAddress } from "./address.ts";

interface PlanOptions extends DesignOptions, AddressOptions {
  readonly experiments: readonly string[];
  readonly hosts?: readonly string[];
  readonly eachHost?: boolean;
  readonly seed: string;
  readonly fixed?: boolean;
}

/** Adds `fleet plan`: puts the runs of a design into the queue of each host. */
export const registerPlan: RegisterCommand = (fleet, context) => {
  withAddress(withDesignOptions(fleet.command("plan")))
    .description("put the runs of a design into the queue of each host, as `run` would do them there")
    .requiredOption("--experiments <names...>", "experiments, separated by commas or blanks, or all")
    .option("--hosts <labels...>", "hosts, separated by commas or blanks")
    .option("--each-host", "every enrolled host")
    .option("--seed <seed>", "seed of the order and of every run", "1")
    .option("--fixed", "do every replicate, even of scenarios that are known well enough")
    .addHelpText(
      "after",
      examples(
        ["fleet plan --experiments all --profile full --each-host", "everything, everywhere"],
        [
          "fleet plan --experiments scheduling-delay --hosts laptop,desk",
          "one experiment on two hosts",
          "repository",
        ],
      ),
    )
    .action(async (options: PlanOptions) => {
      if ((options.hosts === undefined) === (options.eachHost === undefined))
        throw new UsageError("hosts must be named by --hosts or by --each-host, by one of the two");
      const labels = options.hosts === undefined ? "each" : named(options.hosts);
      const selections = selectDesign(named(options.experiments), options, context);
      const order = {
        measurables: selections.map(({ study, restriction }) => ({ measurable: study, restriction })),
        profile: options.profile,
        seed: parseSeed(options.seed),
        fixed: options.fixed ?? false,
        ...(options.workers !== undefined && { workers: [parseWorkers(options.workers)] }),
      };
      const shares = await asPlanner(options, ({ database, boss }) =>
        planFleet(database, boss, order, labels),
      );
      context.print(describe(shares));
    });
};

function named(words: readonly string[]): string[] {
  return words.flatMap((word) => word.split(","));
}

function describe(shares: readonly HostShare[]): string {
  const rows = shares.map(({ host, experiment, runs, expectedMs }) => [
    host,
    experiment,
    runs > 0 ? `${runs} runs` : "planned already",
    runs > 0 ? `at most about ${duration(expectedMs)}` : "",
  ]);
  return textTable(rows).join("\n");
}
