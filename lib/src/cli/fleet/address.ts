import { join } from "node:path";
import type { Command } from "commander";
import { findAddress } from "../../fleet/database/credentials.ts";
import { openPlanner, type Planner } from "../../fleet/database/prepare.ts";
import { explainRefusal } from "../../fleet/database/refusal.ts";
import type { Measurable } from "../../fleet/fleet-campaign.ts";
import { addressIn } from "../../fleet/fleet-server.ts";
import { projectRoot } from "../../measure/project-root.ts";
import { isMeasured } from "../../studies/study.ts";
import type { CliContext } from "../command.ts";

/** Folder of this project's own fleet server. */
export const serverFolder: string = join(projectRoot, "data", "fleet-server");

/** Where a command finds the database; arguments would show the password to everybody on the machine. */
export interface AddressOptions {
  readonly database?: string;
}

/** Adds the option that names the file with the database's address. */
export function withAddress(command: Command): Command {
  return command.option(
    "--database <file>",
    "file with the address of the fleet's PostgreSQL, mode 0600 (default: SCHEDULING_SAFETY_FLEET, or what `fleet serve` wrote)",
  );
}

/** Finds the address that the options name. */
export function addressOf({ database }: AddressOptions): string {
  return findAddress(database, addressIn(serverFolder));
}

/** Does something as the planner of the fleet that the options name. */
export async function asPlanner<Result>(
  options: AddressOptions,
  task: (planner: Planner) => Promise<Result>,
): Promise<Result> {
  const url = addressOf(options);
  const planner = await openPlanner(url);
  try {
    return await task(planner);
  } catch (error) {
    throw explainRefusal(url, error);
  } finally {
    await planner.close();
  }
}

/** Lists what this version can measure. */
export function measurablesOf({ studies }: CliContext): readonly Measurable[] {
  return studies.filter(isMeasured);
}
