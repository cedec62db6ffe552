import { setTimeout as sleep } from "node:timers/promises";
import { type CampaignStatus, fleetStatus, type HostStatus } from "../../fleet/status.ts";
import { duration } from "../../harness/duration.ts";
import { canMoveCursor } from "../../measure/can-move-cursor.ts";
import type { RegisterCommand } from "../command.ts";
import { examples } from "../examples.ts";
import { textTable } from "../text-table.ts";
import { untilSignal } from "../until-signal.ts";
import { type AddressOptions, asPlanner, withAddress } from "./address.ts";

interface StatusOptions extends AddressOptions {
  readonly watch?: boolean;
  readonly json?: boolean;
}

const watchEveryMs = 2000;
const clearScreen = "\u001b[H\u001b[2J";

/** Adds `fleet status`: every host, how far it is, and what is wrong. */
export const registerStatus: RegisterCommand = (fleet, { print }) => {
  withAddress(fleet.command("status"))
    .description("show every host: progress, last sign of life, invalid runs with reasons, time left")
    .option("--watch", "show it again and again until stopped")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples(
        ["fleet status", "every host, and how far it is"],
        ["fleet status --watch", "the same, until Ctrl-C"],
      ),
    )
    .action(async ({ watch = false, json = false, ...options }: StatusOptions) => {
      await asPlanner(options, async ({ database }) => {
        const show = async () => {
          const hosts = await fleetStatus(database);
          return json ? JSON.stringify({ hosts }, null, 2) : describeStatus(hosts);
        };
        if (!watch) return print(await show());
        await untilSignal(async (signal) => {
          let isRead = true;
          process.stdout.once("error", () => {
            isRead = false;
          });
          while (isRead && !signal.aborted) {
            const shown = await show();
            if (canMoveCursor(process.stdout)) process.stdout.write(clearScreen);
            print(shown);
            await sleep(watchEveryMs, undefined, { signal }).catch(() => {});
          }
          process.exitCode = 0;
        });
      });
    });
};

/** Writes the state of a fleet as a table for people. */
export function describeStatus(hosts: readonly HostStatus[]): string {
  if (hosts.length === 0) return "no host is enrolled; add some with `fleet enrol`";
  const rows = hosts.flatMap((host) => {
    const [first = "", ...rest] =
      host.campaigns.length === 0 ? ["nothing planned"] : host.campaigns.map(describeCampaign);
    const notes = host.note === null ? [] : [`! ${host.note}`];
    const head = [host.host, host.state, lastSeen(host), timeLeft(host), first];
    return [head, ...[...rest, ...notes].map((text) => ["", "", "", "", text])];
  });
  return textTable([["host", "state", "seen", "left", "experiment"], ...rows]).join("\n");
}

function describeCampaign(campaign: CampaignStatus): string {
  const { experiment, planned, answered, notNeeded, invalid, late } = campaign;
  const remarks = [
    ...Object.entries(invalid).map(([rule, runs]) => `${rule} ${runs}`),
    ...(notNeeded > 0 ? [`not needed ${notNeeded}`] : []),
    ...(late > 0 ? [`late ${late}`] : []),
  ];
  return `${experiment} ${answered}/${planned}${remarks.length > 0 ? ` (${remarks.join(", ")})` : ""}`;
}

function lastSeen({ silentSeconds }: HostStatus): string {
  return silentSeconds === null ? "–" : `${duration(1000 * silentSeconds)} ago`;
}

function timeLeft({ leftMs, campaigns }: HostStatus): string {
  if (campaigns.length === 0) return "–";
  return leftMs === null ? "?" : duration(leftMs);
}
