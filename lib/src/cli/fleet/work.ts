import { work } from "../../fleet/work/work.ts";
import { describeSoftware, softwareWarnings } from "../../harness/describe-software.ts";
import { environmentWarnings } from "../../harness/run-environment.ts";
import { requirePackages } from "../../measure/require-packages.ts";
import type { RegisterCommand } from "../command.ts";
import { examples } from "../examples.ts";
import { printable } from "../printable.ts";
import { untilSignal } from "../until-signal.ts";
import { type AddressOptions, addressOf, measurablesOf, withAddress } from "./address.ts";

interface WorkOptions extends AddressOptions {
  readonly host: string;
  readonly untilDone?: boolean;
}

/** Adds `fleet work`: measures on this host what its queue holds. */
export const registerWork: RegisterCommand = (fleet, context) => {
  withAddress(fleet.command("work"))
    .description("measure on this host what is in its queue, and hand it in; waits for more until stopped")
    .requiredOption("--host <label>", "name under which this host was enrolled")
    .option("--until-done", "end when the queue is empty")
    .addHelpText(
      "after",
      examples(
        ["fleet work --host laptop --database laptop.url", "with the file that `fleet enrol` wrote"],
        ["fleet work --host laptop --until-done", "with the address in SCHEDULING_SAFETY_FLEET"],
      ),
    )
    .action(async ({ host, untilDone = false, ...options }: WorkOptions) => {
      requirePackages("a fleet", ["pg", "pg-boss"]);
      const url = addressOf(options);
      // What is measured needs no password.
      delete process.env["SCHEDULING_SAFETY_FLEET"];
      const tell = (text: string) => void process.stderr.write(`${printable(text)}\n`);
      for (const warning of [...softwareWarnings(describeSoftware()), ...environmentWarnings()])
        tell(`warning: ${warning}`);
      await untilSignal(async (signal) => {
        const request = {
          url,
          host,
          untilDone,
          measurables: measurablesOf(context),
          ...(context.conditions && { conditions: context.conditions }),
        };
        const end = await work(request, { signal, tell });
        if (end === "superseded") {
          tell(`another worker has taken over ${host}, or the host was closed; this one ends`);
          process.exitCode = 1;
        }
      });
    });
};
