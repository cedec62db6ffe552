import { rmSync } from "node:fs";
import { join } from "node:path";
import { hostOf } from "./campaign-host.ts";
import { identifyCampaign } from "./campaign-identity.ts";
import { identifyCode } from "./code-identity.ts";
import { planRuns } from "./plan.ts";
import { type CampaignRequest, ruleOf } from "./run-campaign.ts";
import { openCampaign, outputs } from "./unfinished-campaign.ts";

/**
 * Removes what an earlier campaign left in the folder of this one, finished or not. Of several that are to be measured anew all
 * are discarded before the first begins: if they are interrupted, nothing of before is there to be taken for theirs.
 *
 * @throws {UsageError} when the folder is in use or not writable, or no scenario is left.
 */
export function discardCampaign(request: CampaignRequest): void {
  const { experiment, module, profile, seed, restriction, out } = request;
  const plan = planRuns(experiment, profile, seed, restriction);
  const code = identifyCode(module).sha256;
  const identity = identifyCampaign(experiment, profile, seed, plan, code, ruleOf(request));
  const folder = join(out, experiment.name);
  const campaign = openCampaign(folder, identity, hostOf(experiment), true);
  // The manifest goes first: without it tables are none.
  for (const name of outputs) rmSync(join(folder, name), { force: true });
  campaign.remove();
}
