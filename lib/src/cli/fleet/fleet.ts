import type { RegisterCommand } from "../command.ts";
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
    .description("measure on many hosts: serve, enrol, work, plan, status, collect, close");
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
