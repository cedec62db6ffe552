import { existsSync, lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { openRequested } from "./open-requested.ts";
import { planRuns } from "./plan.ts";
import type { CampaignRequest } from "./run-campaign.ts";
import { isUnfinished } from "./unfinished-campaign.ts";

/**
 * Finds out whether a campaign can begin or go on in its folder, so that one of several is not refused after hours of the
 * others. A campaign that restarts discards what is there: of it, nothing is looked at.
 *
 * @throws {UsageError} when the folder is in use, not writable or holds another campaign, or no scenario is left.
 * @throws {DataError} when what tells of the campaign is damaged, or lies where a folder must.
 */
export function checkFolder(request: CampaignRequest): void {
  const { experiment, profile, seed, restriction, out, restart = false } = request;
  planRuns(experiment, profile, seed, restriction);
  if (restart || isFree(out, experiment.name)) return;
  const begun = isUnfinished(join(out, experiment.name));
  const campaign = openRequested(request, false);
  // What has not begun yet begins when its turn comes: then it tells the time, and in which state the host is.
  if (begun) campaign.unlock();
  else campaign.remove();
}

function isFree(out: string, name: string): boolean {
  if (!existsSync(out)) return true;
  return statSync(out).isDirectory() && lstatSync(join(out, name), { throwIfNoEntry: false }) === undefined;
}
