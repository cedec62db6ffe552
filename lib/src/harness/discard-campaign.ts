import { rmSync } from "node:fs";
import { join } from "node:path";
import { openRequested } from "./open-requested.ts";
import type { CampaignRequest } from "./run-campaign.ts";
import { outputs } from "./unfinished-campaign.ts";

/**
 * Removes what an earlier campaign left in the folder of this one, finished or not. Of several that are to be measured anew all
 * are discarded before the first begins: if they are interrupted, nothing of before is there to be taken for theirs.
 *
 * @throws {UsageError} when the folder is in use or not writable, or no scenario is left.
 */
export function discardCampaign(request: CampaignRequest): void {
  const campaign = openRequested(request, true);
  // The manifest goes first: without it tables are none.
  for (const name of outputs) rmSync(join(request.out, request.experiment.name, name), { force: true });
  campaign.remove();
}
