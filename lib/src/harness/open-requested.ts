import { join } from "node:path";
import { hostOf } from "./campaign-host.ts";
import { identifyCampaign } from "./campaign-identity.ts";
import { identifyCode } from "./code-identity.ts";
import { planRuns } from "./plan.ts";
import { type CampaignRequest, ruleOf } from "./run-campaign.ts";
import { openCampaign, type UnfinishedCampaign } from "./unfinished-campaign.ts";

/**
 * Locks the folder of a campaign that is asked for, before its turn comes.
 *
 * @param restart discards what another campaign left unfinished
 * @throws {UsageError} when the folder is in use, not writable or holds another campaign, or no scenario is left.
 */
export function openRequested(request: CampaignRequest, restart: boolean): UnfinishedCampaign {
  const { experiment, module, profile, seed, restriction, out } = request;
  const plan = planRuns(experiment, profile, seed, restriction);
  const code = identifyCode(module).sha256;
  const identity = identifyCampaign(experiment, profile, seed, plan, code, ruleOf(request));
  return openCampaign(join(out, experiment.name), identity, hostOf(experiment), restart);
}
