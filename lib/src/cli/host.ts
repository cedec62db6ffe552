import { describeSoftware, softwareWarnings } from "../harness/describe-software.ts";
import { describeHost } from "../measure/host-description.ts";
import { readHostState } from "../measure/host-state.ts";
import type { RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";

/** Adds `host`: prints what a manifest would say of this machine and its software. */
export const registerHost: RegisterCommand = (program, { print }) => {
  program
    .command("host")
    .description("show what a manifest says of this machine, as JSON")
    .addHelpText("after", examples(["host", "what a manifest will say of this machine"]))
    .action(() => {
      const software = describeSoftware();
      const description = {
        host: describeHost(),
        now: readHostState(),
        software,
        warnings: softwareWarnings(software),
      };
      print(JSON.stringify(description, null, 2));
    });
};
