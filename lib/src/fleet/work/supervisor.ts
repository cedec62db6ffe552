import { readFileSync, rmSync } from "node:fs";
import type { PgBoss } from "pg-boss";
import type { Scenario } from "../../design/experiment.ts";
import { identifyCode } from "../../harness/code-identity.ts";
import { type Crash, checkCrashes } from "../../harness/crashes-in-a-row.ts";
import { observeEnd } from "../../harness/describe-campaign.ts";
import type { Job } from "../../harness/job.ts";
import { measureRun } from "../../harness/measure-run.ts";
import { type Part, partPath, readPart } from "../../harness/part.ts";
import { DataError } from "../../measure/study-error.ts";
import type { Database } from "../database/connection.ts";
import { type Patience, persist } from "../database/outage.ts";
import { type FetchedRun, type QueuedRun, queueOf, tableOf } from "../database/queue.ts";
import { type Measurable, readCampaigns } from "../fleet-campaign.ts";
import { type Answer, handIn, type Standing } from "./answer.ts";
import { giveBack, takeBack } from "./give-back.ts";
import type { Lease } from "./lease.ts";
import { type OpenCampaign, openFleetCampaign } from "./open-campaign.ts";

/** What a supervisor works with. */
export interface Workplace {
  readonly host: string;
  readonly database: Database;
  readonly boss: PgBoss;
  readonly lease: Lease;
  readonly measurables: readonly Measurable[];
  /** For parts until they are sent. */
  readonly folder: string;
  readonly patience: Patience;
  /** Module that watches what surrounds a run in place of ours. */
  readonly conditions?: URL | undefined;
  /** Time after which a run is killed, in place of the experiment's own (ms). */
  readonly timeLimitMs?: ((scenario: Scenario) => number) | undefined;
}

/** What came of a step. */
export type Step = "did a run" | "nothing to do" | "stopped";

/** A run that has ended and not been answered yet. */
interface Unsent {
  readonly fetched: FetchedRun;
  readonly answer: Answer;
  readonly job: Job;
  readonly part: Part;
}

/**
 * Takes a host's runs from its queue, one at a time and in their order, and measures each as a campaign of this host alone
 * would: nothing talks to the database while a run is measured but the keeper of the lease.
 */
export class Supervisor {
  readonly #at: Workplace;
  #open: OpenCampaign | null = null;
  /** Crashes wait for the next run: many in a row are no results, but a broken set-up. */
  #crashed: readonly (Crash & Unsent)[] = [];
  #current: FetchedRun | null = null;

  constructor(workplace: Workplace) {
    this.#at = workplace;
  }

  /** Does the next run, if there is one. */
  async step(): Promise<Step> {
    const fetched = await this.#fetch();
    const isNext = fetched !== null && fetched.data.plan === this.#open?.campaign.plan;
    if (!isNext) {
      await this.#sendCrashed();
      await this.#endCampaigns();
    }
    if (!fetched) return "nothing to do";
    this.#take(fetched);
    this.#open = isNext ? this.#open : await this.#openCampaign(fetched.data.plan);
    if (!this.#open) throw new DataError("campaign of a queued run is missing; plan it again");
    const job = jobOf(fetched.data, this.#open);
    const { fixed } = this.#open.campaign;
    if (!fixed && !this.#open.replication.needs(job)) {
      const { plan } = fetched.data;
      const answer = { host: this.#at.host, plan, run: job.run, part: null, invalidReason: null, tookMs: 0 };
      await this.#send(fetched, answer);
      return "did a run";
    }
    return this.#measure(fetched, this.#open, job);
  }

  /** Gives back what is under way and not answered. */
  async giveUp(): Promise<void> {
    const runs = this.#inHand();
    this.#crashed = [];
    this.#take(null);
    if (runs.length > 0) await giveBack(this.#at.database, this.#at.boss, this.#at.host, runs);
  }

  async #measure(fetched: FetchedRun, open: OpenCampaign, job: Job): Promise<Step> {
    const { experiment, module, begun, campaign } = open;
    const { host, folder, conditions, timeLimitMs, lease, patience } = this.#at;
    const path = partPath(folder, job.run);
    const { beganMs } = begun;
    const setting = { experiment, module, plan: campaign.plan, beganMs, conditions, timeLimitMs };
    const stop = AbortSignal.any([patience.signal, lease.lost]);
    const end = await measureRun(setting, job, path, stop);
    if (end.kind === "stopped") return "stopped";
    const part = readPart(path, campaign.plan, experiment);
    const reason = part.row["invalidReason"];
    const answer: Answer = {
      host,
      plan: campaign.plan,
      run: job.run,
      part: readFileSync(path),
      invalidReason: typeof reason === "string" ? reason : null,
      tookMs: Number(part.row["wallMs"]),
    };
    rmSync(path);
    if (end.kind === "crash") {
      this.#crashed = [...this.#crashed, { path, output: end.output, fetched, answer, job, part }];
      this.#take(null);
      checkCrashes(experiment.name, this.#crashed);
      return "did a run";
    }
    await this.#sendCrashed();
    if ((await this.#send(fetched, answer)) === "accepted") this.#open?.replication.add(job, part);
    return "did a run";
  }

  async #sendCrashed(): Promise<void> {
    for (const { fetched, answer, job, part } of this.#crashed) {
      const standing = await this.#send(fetched, answer);
      if (standing === "accepted") this.#open?.replication.add(job, part);
    }
    this.#crashed = [];
  }

  async #send(fetched: FetchedRun, answer: Answer): Promise<Standing> {
    const { database, boss, patience } = this.#at;
    const standing = await persist(() => handIn(database, boss, fetched, answer), patience);
    if (standing === "late") {
      patience.tell(
        `run ${answer.run} came too late: its lease had ended; the answer is kept and marked, and the run is done again`,
      );
      // What counts is read back from the database.
      this.#open = null;
    }
    if (this.#current === fetched) this.#take(null);
    return standing;
  }

  async #fetch(): Promise<FetchedRun | null> {
    const { database, boss, host, patience } = this.#at;
    const table = await persist(() => tableOf(boss, host), patience);
    let isFirst = true;
    const fetch = async () => {
      // A run may have been given to us by an answer that never came.
      if (!isFirst) await takeBack(database, boss, host, table, this.#inHand());
      isFirst = false;
      return boss.fetch<QueuedRun>(queueOf(host));
    };
    const [first] = await persist(fetch, patience);
    if (first) return first;
    const left = await persist(() => takeBack(database, boss, host, table, this.#inHand()), patience);
    if (left === 0) return null;
    return (await persist(fetch, patience))[0] ?? null;
  }

  async #openCampaign(plan: string): Promise<OpenCampaign> {
    const { database, host, measurables, folder, patience } = this.#at;
    return persist(async () => {
      const campaign = (await readCampaigns(database, host)).find((one) => one.plan === plan);
      if (!campaign) throw new DataError(`campaign is missing: ${plan.slice(0, 12)}; plan it again`);
      patience.tell(`${campaign.identity.experiment}: up to ${campaign.planned} runs`);
      return openFleetCampaign(database, campaign, measurables, folder);
    }, patience);
  }

  /** Writes down, of campaigns whose every run is answered, what this host and code are at their end. */
  async #endCampaigns(): Promise<void> {
    const { database, host, measurables, patience } = this.#at;
    await persist(async () => {
      const answered = await database.query<{ plan: string; experiment: string }>(
        `SELECT plan, identity->>'experiment' AS experiment FROM fleet.campaign c
         WHERE host = $1 AND begun IS NOT NULL AND ended IS NULL AND planned =
           (SELECT count(*) FROM fleet.answer a WHERE a.host = c.host AND a.plan = c.plan AND standing = 'accepted')`,
        [host],
      );
      for (const { plan, experiment } of answered) {
        const measurable = measurables.find(({ name }) => name === experiment);
        if (!measurable) continue;
        await database.query("UPDATE fleet.campaign SET ended = $3 WHERE host = $1 AND plan = $2", [
          host,
          plan,
          JSON.stringify(observeEnd(identifyCode(measurable.module))),
        ]);
        patience.tell(`${experiment}: all runs are handed in`);
      }
    }, patience);
  }

  #take(fetched: FetchedRun | null): void {
    this.#current = fetched;
    this.#at.lease.hold(this.#inHand());
  }

  #inHand(): readonly FetchedRun[] {
    return [...this.#crashed.map(({ fetched }) => fetched), ...(this.#current ? [this.#current] : [])];
  }
}

/** The design decides what is measured; what the queue says must be the same. */
function jobOf({ job }: QueuedRun, { plan, campaign }: OpenCampaign): Job {
  const own = plan.jobs[job.run];
  if (own && own.seed === job.seed && own.order === job.order) return own;
  throw new DataError(
    `queued run is none of the design: run ${job.run} of ${campaign.identity.experiment}; plan the campaign again`,
  );
}
