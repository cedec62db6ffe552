import { join } from "node:path";
import type { CampaignProfile, Experiment, Scenario } from "../design/experiment.ts";
import { precisionRules } from "../stats/precision.ts";
import { type Manifest, writeManifest } from "../tables/manifest.ts";
import { readExperiment } from "../tables/read-experiment.ts";
import { assembleTables } from "./assemble-tables.ts";
import { hostOf } from "./campaign-host.ts";
import { fingerprint, identifyCampaign } from "./campaign-identity.ts";
import { identifyCode } from "./code-identity.ts";
import { type Crash, checkCrashes } from "./crashes-in-a-row.ts";
import { describeCampaign, observeEnd } from "./describe-campaign.ts";
import type { Job } from "./job.ts";
import { discardPart, keepPart, readKept, wasKept } from "./kept-parts.ts";
import { measureRun } from "./measure-run.ts";
import { partPath } from "./part.ts";
import { type Plan, planRuns, type Restriction } from "./plan.ts";
import type { Progress } from "./progress.ts";
import { Replication } from "./replication.ts";
import { openCampaign, type UnfinishedCampaign } from "./unfinished-campaign.ts";

/** What a campaign is asked to do. */
export interface CampaignRequest {
  readonly experiment: Experiment;
  /** Module that declares the experiment; every run's process loads it. */
  readonly module: URL;
  readonly profile: CampaignProfile;
  readonly seed: number;
  readonly restriction?: Restriction;
  /** Folder of the data set; the experiment gets a folder of its own within. */
  readonly out: string;
  /** Discard what an earlier campaign left in that folder. */
  readonly restart?: boolean;
  /** Do every replicate of the design, however well its scenario is known (default false). */
  readonly fixed?: boolean;
  /** Decides which runs are made, where their precision does not: in a campaign of rounds. */
  readonly selection?: Selection;
  readonly timeLimitMs?: (scenario: Scenario) => number;
  /** Module whose `watchConditions` tells what surrounds a run (default: this host's own). */
  readonly conditions?: URL;
}

/** The runs of one round of a campaign, and what the manifest says of all rounds so far. */
export interface Selection {
  readonly needs: (job: Job) => boolean;
  readonly sequential: NonNullable<Manifest["sequential"]>;
  /** Whether another round may follow: then the tables are written, and the campaign stays unfinished. */
  readonly goesOn: boolean;
}

/** How a campaign ended. */
export type CampaignEnd =
  | { readonly kind: "finished"; readonly manifest: Manifest }
  | { readonly kind: "stopped"; readonly done: number; readonly total: number };

/**
 * Measures an experiment: run by run in the order of the plan, each in a fresh process, until each scenario is known
 * well enough or has all its replicates; then writes the tables and the manifest. Killed at any moment, it goes on where it was when called again with the same
 * request. A run that is killed at its time limit or crashes stays in the tables, invalid, with its reason.
 *
 * @throws {UsageError} when the folder is in use, not writable or holds another campaign, or no scenario is left.
 * @throws {DataError} when the disk is full or run after run crashes.
 */
export async function runCampaign(
  request: CampaignRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<CampaignEnd> {
  const { experiment, profile, seed, restriction = {}, restart = false, fixed = false, selection } = request;
  const plan = planRuns(experiment, profile, seed, restriction);
  const code = identifyCode(request.module);
  const identity = identifyCampaign(experiment, profile, seed, plan, code.sha256, ruleOf(request));
  const folder = join(request.out, experiment.name);
  const campaign = openCampaign(folder, identity, hostOf(experiment), restart);
  try {
    if (!campaign.complete) {
      const replication = new Replication(experiment, plan);
      const finished = await runAll(request, plan, campaign, replication, progress, signal);
      // A round that was stopped has left runs that the rounds before it did not ask for.
      const asked = plan.jobs.filter((job) => selection?.needs(job) ?? true);
      const done = asked.map(({ run }) => partPath(campaign.folder, run)).filter(wasKept);
      if (!finished) return { kind: "stopped", done: done.length, total: plan.jobs.length };
      const parts = done.map((path) => readKept(path, fingerprint(identity), experiment));
      const rows = parts.map(({ row }) => row);
      const tables = assembleTables(folder, experiment, parts);
      const end = observeEnd({ ...code, sha256: identifyCode(request.module).sha256 });
      const manifest = describeCampaign(
        experiment,
        plan,
        restriction,
        campaign.start,
        end,
        rows,
        tables,
        selection
          ? { sequential: selection.sequential }
          : fixed
            ? {}
            : { replication: replication.describe() },
      );
      writeManifest(folder, manifest);
    }
    const { manifest } = readExperiment(folder, experiment);
    if (!selection?.goesOn || campaign.complete) campaign.remove();
    return { kind: "finished", manifest };
  } finally {
    campaign.unlock();
  }
}

/** The rule by which replicates of a campaign end, as its identity has it. */
export function ruleOf({ selection, fixed = false }: Pick<CampaignRequest, "selection" | "fixed">): unknown {
  if (selection === undefined) return fixed ? null : precisionRules;
  const { looks, budgetMs, asked } = selection.sequential;
  return { looks, budgetMs, asked };
}

/** Does the runs that are still to do; false when stopped before the last. */
async function runAll(
  request: CampaignRequest,
  { jobs }: Plan,
  campaign: UnfinishedCampaign,
  replication: Replication,
  progress: Progress,
  signal: AbortSignal,
): Promise<boolean> {
  const { experiment, module, fixed = false, selection, conditions, timeLimitMs } = request;
  const plan = fingerprint(campaign.start.identity);
  const { beganMs } = campaign.start;
  const setting = { experiment, module, plan, beganMs, conditions, timeLimitMs };
  const pathOf = ({ run }: Job) => partPath(campaign.folder, run);
  const kept = new Set(jobs.filter((job) => isKept(pathOf(job), plan, experiment)));
  const isNeeded = selection?.needs ?? ((job: Job) => fixed || replication.needs(job));
  const isToDo = (job: Job) => !kept.has(job) && isNeeded(job);
  const timeLeft = new TimeLeft(experiment);
  let done = kept.size;
  let crashed: readonly Crash[] = [];

  progress.begin(experiment.name, done, jobs.length);
  for (const [i, job] of jobs.entries()) {
    const path = pathOf(job);
    if (kept.has(job)) {
      replication.add(job, readKept(path, plan, experiment));
      continue;
    }
    if (!isToDo(job)) continue;
    if (signal.aborted) return false;
    const left = jobs.slice(i).filter(isToDo);
    const scenario = Object.values(job.scenario).join(" ");
    progress.next({ done, total: done + left.length, leftMs: timeLeft.estimate(left), scenario });

    const end = await measureRun(setting, job, path, signal);
    if (end.kind === "stopped") return false;
    keepPart(path);
    if (end.kind !== "finished") progress.warn(`run ${job.run} (${scenario}): ${end.reason}`);
    crashed = end.kind === "crash" ? [...crashed, { path, output: end.output }] : [];
    checkCrashes(experiment.name, crashed);
    replication.add(job, readKept(path, plan, experiment));
    timeLeft.ran(job);
    done++;
  }
  return true;
}

/**
 * A part may be damaged by a disk fault between two sittings, or not kept yet when its campaign is killed; such a run is
 * simply done again.
 */
function isKept(path: string, plan: string, experiment: Experiment): boolean {
  try {
    readKept(path, plan, experiment);
    return true;
  } catch (error) {
    if (isRefusal(error)) throw error;
    discardPart(path);
    return false;
  }
}

/** Tells whether the system would not let a file be read that is there: that says nothing of what is in it. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? isRefusal(error.cause) : code !== "ENOENT";
}

/** Expects the rest to take as much longer than declared as the runs so far did; runs never begun take nothing. */
class TimeLeft {
  readonly #experiment: Experiment;
  readonly #began = performance.now();
  #declaredMs = 0;

  constructor(experiment: Experiment) {
    this.#experiment = experiment;
  }

  ran({ scenario }: Job): void {
    this.#declaredMs += this.#experiment.expectedMs(scenario);
  }

  estimate(left: readonly Job[]): number {
    const ratio = this.#declaredMs === 0 ? 1 : (performance.now() - this.#began) / this.#declaredMs;
    return ratio * left.reduce((sum, { scenario }) => sum + this.#experiment.expectedMs(scenario), 0);
  }
}
