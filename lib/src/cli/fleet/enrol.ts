import { join } from "node:path";
import { replaceAddress } from "../../fleet/database/credentials.ts";
import { addressFrom, checkLabels, enrolHost } from "../../fleet/hosts.ts";
import { outputFolder } from "../chosen-output.ts";
import type { RegisterCommand } from "../command.ts";
import { examples } from "../examples.ts";
import { pathOption } from "../path-option.ts";
import { type AddressOptions, addressOf, asPlanner, serverFolder, withAddress } from "./address.ts";

interface EnrolOptions extends AddressOptions {
  readonly reach?: string;
  readonly out: string;
}

/** Adds `fleet enrol`: makes a host's own role and the file with its address. */
export const registerEnrol: RegisterCommand = (fleet, { print }) => {
  withAddress(fleet.command("enrol"))
    .description("let hosts take part: write, for each, the file with its address and password")
    .argument("<labels...>", "names of hosts, such as c6i-xlarge or my-laptop; folders of their data sets")
    .option("--reach <host:port>", "where the hosts reach the database, if not where you do")
    .addOption(pathOption("--out <folder>", "where the files go, one a host", join(serverFolder, "hosts")))
    .addHelpText(
      "after",
      examples(
        ["fleet enrol laptop desk", "two hosts; give each its own file, over a safe way"],
        ["fleet enrol laptop --reach 10.0.0.5:5432", "a host that reaches the server by that address"],
      ),
    )
    .action(async (labels: string[], { reach, out, ...options }: EnrolOptions) => {
      checkLabels(labels);
      const folder = outputFolder(out);
      const own = addressOf(options);
      const address = reach === undefined ? own : addressFrom(own, reach);
      await asPlanner(options, async ({ database, boss }) => {
        for (const label of labels) {
          const path = join(folder, `${label}.url`);
          await enrolHost(database, boss, label, address, (url) => replaceAddress(path, url));
          print(`${label}: ${path}`);
        }
      });
      print("next, on each host: scheduling-safety fleet work --host <label> --database <its file>");
    });
};
