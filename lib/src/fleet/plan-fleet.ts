import type { PgBoss } from "pg-boss";
import type { Experiment, Profile } from "../design/experiment.ts";
import { defaultWorkerCounts } from "../design/worker-counts.ts";
import { fingerprint, identifyCampaign } from "../harness/campaign-identity.ts";
import type { Job } from "../harness/job.ts";
import { defaultTimeLimitMs } from "../harness/measure-run.ts";
import { type Plan, planRuns, type Restriction } from "../harness/plan.ts";
import { ruleOf } from "../harness/run-campaign.ts";
import { UsageError } from "../measure/study-error.ts";
import type { Database, Statements } from "./database/connection.ts";
import { defaultLeaseSeconds, queueOf, tableOf } from "./database/queue.ts";
import { type CodeOf, identifyOnce, type Measurable } from "./fleet-campaign.ts";
import { type HostFacts, readHostFacts } from "./host-facts.ts";
import { type KnownHost, knownHosts } from "./hosts.ts";

/** What a fleet is asked to measure. */
export interface FleetOrder {
  readonly measurables: readonly { readonly measurable: Measurable; readonly restriction: Restriction }[];
  readonly profile: Profile;
  readonly seed: number;
  /** Do every replicate, however well its scenario is known. */
  readonly fixed: boolean;
  /** Counts of workers in place of each host's own. */
  readonly workers?: readonly number[];
  readonly leaseSeconds?: number;
}

/** What one host was given to do. */
export interface HostShare {
  readonly host: string;
  readonly experiment: string;
  /** Runs that were put into its queue; none where it has the same campaign already, and none of its runs was given up. */
  readonly runs: number;
  /** Declared time of these runs (ms). */
  readonly expectedMs: number;
}

/**
 * Plans an order for hosts, each in its own queue and in its own order, as `run` would on that host. Planning the same again
 * adds nothing but the runs that were given up when the host was closed, in their places.
 *
 * @throws {UsageError} when a host is not enrolled, is closed, or has not said yet what it is.
 */
export async function planFleet(
  database: Database,
  boss: PgBoss,
  order: FleetOrder,
  labels: readonly string[] | "each",
): Promise<readonly HostShare[]> {
  const hosts = (await knownHosts(database, labels)).map((host) => ({ host, facts: factsOf(host) }));
  if (hosts.length === 0) throw new UsageError("no host is enrolled; add some with `fleet enrol`");
  const codeOf = identifyOnce();
  const shares: HostShare[] = [];
  for (const { host, facts } of hosts) {
    const plan = (within: Statements) => planHost(within, boss, order, host, facts, codeOf);
    shares.push(...(await database.transaction(plan)));
  }
  return shares;
}

function factsOf({ label, closed, facts }: KnownHost): HostFacts {
  if (closed !== null) {
    throw new UsageError(`host is closed: ${label}; open it again with \`fleet enrol ${label}\``);
  }
  if (facts === null) {
    throw new UsageError(
      `host has not said yet what it is: ${label}; start \`fleet work --host ${label}\` there, then plan`,
    );
  }
  return readHostFacts(label, facts);
}

async function planHost(
  within: Statements,
  boss: PgBoss,
  order: FleetOrder,
  { label }: KnownHost,
  { parallelism, runtime }: HostFacts,
  codeOf: CodeOf,
): Promise<HostShare[]> {
  const { profile, seed, fixed } = order;
  const workers = order.workers ?? defaultWorkerCounts(parallelism);
  const shares: HostShare[] = [];
  for (const { measurable, restriction } of order.measurables) {
    const experiment = measurable.experiment(workers);
    const plan = planRuns(experiment, profile, seed, restriction);
    const code = codeOf(measurable.module);
    const identity = {
      ...identifyCampaign(experiment, profile, seed, plan, code, ruleOf({ fixed })),
      runtime,
    };
    const [{ places } = { places: 0 }] = await within.query<{ places: number }>(
      "SELECT places FROM fleet.host WHERE label = $1 FOR UPDATE",
      [label],
    );
    const id = fingerprint(identity);
    const [added] = await within.query(
      `INSERT INTO fleet.campaign (host, plan, place, planned, expected_ms, identity, restriction, workers, fixed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING plan`,
      [
        label,
        id,
        places,
        plan.jobs.length,
        expectedMs(experiment, plan.jobs),
        JSON.stringify(identity),
        JSON.stringify(restriction),
        JSON.stringify(workers),
        fixed,
      ],
    );
    if (added) {
      await within.query("UPDATE fleet.host SET places = places + $2 WHERE label = $1", [
        label,
        plan.jobs.length,
      ]);
      await enqueue(within, boss, label, id, experiment, plan, places, order.leaseSeconds);
    }
    const jobs = added ? plan.jobs : await resumeGivenUp(within, boss, label, id, plan);
    shares.push({
      host: label,
      experiment: experiment.name,
      runs: jobs.length,
      expectedMs: expectedMs(experiment, jobs),
    });
  }
  return shares;
}

/** Seconds that a run may take beyond its time limit: sending its part, and waiting for a database that is away. */
const spareSeconds = 3600;

/** The order is the plan's: within a queue, the highest priority goes first. */
async function enqueue(
  within: Statements,
  boss: PgBoss,
  label: string,
  plan: string,
  experiment: Experiment,
  { jobs }: Plan,
  place: number,
  leaseSeconds = defaultLeaseSeconds,
): Promise<void> {
  const queued = jobs.map((job) => ({
    data: { plan, job },
    priority: -(place + job.order),
    heartbeatSeconds: leaseSeconds,
    expireInSeconds: Math.ceil((2 * defaultTimeLimitMs(experiment, job.scenario)) / 1000) + spareSeconds,
  }));
  await boss.insert(queueOf(label), queued, { db: within });
}

/** Puts back into a host's queue what of a campaign was given up when the host was closed. */
async function resumeGivenUp(
  within: Statements,
  boss: PgBoss,
  label: string,
  plan: string,
  { jobs }: Plan,
): Promise<readonly Job[]> {
  const givenUp = await within.query<{ id: string; run: number }>(
    `SELECT id, (data->'job'->>'run')::int AS run FROM pgboss."${await tableOf(boss, label)}"
     WHERE state = 'cancelled' AND data->>'plan' = $1`,
    [plan],
  );
  if (givenUp.length > 0) {
    await boss.resume(
      queueOf(label),
      givenUp.map(({ id }) => id),
      { db: within },
    );
  }
  const runs = new Set(givenUp.map(({ run }) => run));
  return jobs.filter(({ run }) => runs.has(run));
}

function expectedMs(experiment: Experiment, jobs: readonly Job[]): number {
  return jobs.reduce((sum, { scenario }) => sum + experiment.expectedMs(scenario), 0);
}
