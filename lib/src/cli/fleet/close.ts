import { closeHost } from "../../fleet/hosts.ts";
import type { RegisterCommand } from "../command.ts";
import { examples } from "../examples.ts";
import { type AddressOptions, asPlanner, withAddress } from "./address.ts";

/** Adds `fleet close`: gives up what a host has not done. */
export const registerClose: RegisterCommand = (fleet, { print }) => {
  withAddress(fleet.command("close"))
    .description(
      "give up what is left in the queue of a host, and let it connect no more; what it measured stays",
    )
    .requiredOption("--host <label>", "the host")
    .addHelpText("after", examples(["fleet close --host laptop", "it takes part no more"]))
    .action(async ({ host, ...options }: AddressOptions & { host: string }) => {
      const { givenUp } = await asPlanner(options, ({ database, boss }) => closeHost(database, boss, host));
      print(`${host}: closed, ${givenUp} runs given up`);
    });
};
