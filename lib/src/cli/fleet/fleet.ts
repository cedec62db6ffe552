import type { RegisterCommand } from "../command.ts";
import { examples } from "../examples.ts";
import { registerClose } from "./close.ts";
import { registerCollect } from "./collect.ts";
import { registerEnrol } from "./enrol.ts";
import { registerPlan } from "./plan.ts";
import { registerServe } from "./serve.ts";
import { registerStatus } from "./status.ts";
import { registerWork } from "./work.ts";

/** Adds `fleet`: one campaign over many hosts, each with a queue of its own. */
export const registerFleet: RegisterCommand = (program, context) => {
  const fleet = program
    .command("fleet")
    .description("measure on many hosts: serve, enrol, work, plan, status, collect, close")
    .addHelpText(
      "after",
      examples(
        ["fleet serve", "first, and as long as the fleet measures"],
        ["fleet enrol laptop desk", "then the hosts, each of which runs `fleet work`"],
        ["fleet plan --experiments all --each-host", "then what they are to measure"],
        ["fleet collect --out /tmp/fleet", "at last their data sets"],
      ),
    );
  const registers = [
    registerServe,
    registerEnrol,
    registerWork,
    registerPlan,
    registerStatus,
    registerCollect,
    registerClose,
  ];
  for (const register of registers) register(fleet, context);
};
