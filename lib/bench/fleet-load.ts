/**
 * How many hosts and runs one database carries: simulated hosts, each with its own role, connection and queue, fetch their
 * runs and hand in parts that were made up, as fast as they can. HOSTS and RUNS set the size.
 */
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { collect } from "../src/fleet/collect.ts";
import { openDatabase } from "../src/fleet/database/connection.ts";
import { openPlanner } from "../src/fleet/database/prepare.ts";
import { openOwnQueue, type QueuedRun, queueOf } from "../src/fleet/database/queue.ts";
import { startFleetServer } from "../src/fleet/fleet-server.ts";
import { hostFacts } from "../src/fleet/host-facts.ts";
import { enrolHost } from "../src/fleet/hosts.ts";
import { planFleet } from "../src/fleet/plan-fleet.ts";
import { fleetStatus } from "../src/fleet/status.ts";
import { handIn } from "../src/fleet/work/answer.ts";
import { beginSession } from "../src/fleet/work/session.ts";
import { observeEnd } from "../src/harness/describe-campaign.ts";
import { writePart } from "../src/harness/part.ts";
import { readHostState } from "../src/measure/host-state.ts";
import { makeOwnedFolder, sweepOwnedFolders } from "../src/measure/owned-folder.ts";
import { unknownConditions } from "../src/measure/watch-conditions.ts";
import { seededRandom } from "../src/stats/random.ts";
import { experiment, recorded } from "./recorded-experiment.ts";

const outcome = {
  startedMs: 0,
  ...unknownConditions(100),
  invalidReason: null,
  dispatcherDelayP99Ns: null,
  lostSamples: 0,
} as const;

const hosts = Number(process.env["HOSTS"] ?? 200);
const runs = Number(process.env["RUNS"] ?? 250);
const samplesOfRun = 300;
const labels = Array.from({ length: hosts }, (_, i) => `host-${i}`);
const measurable = {
  name: recorded.name,
  module: new URL("./recorded-experiment.ts", import.meta.url),
  experiment,
};

sweepOwnedFolders();
const folder = makeOwnedFolder("load");
chmodSync(folder, 0o711);
const quiet = { signal: new AbortController().signal, tell: () => {} };
const server = await startFleetServer({ folder: join(folder, "server") }, quiet);
const planner = await openPlanner(server.url, true);
const { database, boss } = planner;

const urls = await timed("enrol", hosts, "hosts", async () => {
  const found = new Map<string, string>();
  for (const label of labels) {
    found.set(label, await enrolHost(database, boss, label, server.url));
    await database.query("UPDATE fleet.host SET facts = $2 WHERE label = $1", [
      label,
      JSON.stringify(hostFacts()),
    ]);
  }
  return found;
});
const order = {
  measurables: [{ measurable, restriction: {} }],
  profile: "full",
  seed: 1,
  fixed: true,
} as const;
await timed("plan", hosts * runs, "runs", () => planFleet(database, boss, order, "each"));
await timed("work", hosts * runs, "runs", () => Promise.all(labels.map((label) => work(label))));
const [size] = await database.query<{ all: string; parts: string; jobs: string }>(
  `SELECT pg_size_pretty(pg_database_size(current_database())) AS all,
     pg_size_pretty(pg_total_relation_size('fleet.part')) AS parts,
     (SELECT pg_size_pretty(sum(pg_total_relation_size(inhrelid))) FROM pg_inherits WHERE inhparent = 'pgboss.job'::regclass) AS jobs`,
);
console.log("database:", JSON.stringify(size));
await timed("status", 1, "looks", () => fleetStatus(database));
await timed("collect", hosts, "data sets", async () => {
  let found = 0;
  for await (const one of collect(database, [measurable], join(folder, "out")))
    if (one.kind === "collected") found++;
  console.log(`  ${found} data sets of ${runs} runs`);
});
console.log(`memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB at most`);
await planner.close();
await server.stop();
rmSync(folder, { recursive: true, force: true });

async function work(label: string): Promise<void> {
  const own = await openDatabase(urls.get(label) ?? "");
  const queue = await openOwnQueue(own);
  await beginSession(own, label, hostFacts(), 3600);
  const random = seededRandom(labels.indexOf(label));
  const path = join(folder, `${label}.arrow`);
  const [campaign] = await own.query<{ plan: string; identity: unknown }>(
    "SELECT plan, identity FROM fleet.campaign",
  );
  const start = { identity: campaign?.identity, beganMs: Date.now(), before: readHostState() };
  await own.query("UPDATE fleet.campaign SET begun = $1", [JSON.stringify(start)]);
  for (;;) {
    const [fetched] = await queue.fetch<QueuedRun>(queueOf(label));
    if (!fetched) break;
    const { plan, job } = fetched.data;
    writePart(path, plan, recorded, job, outcome, {
      overheadNs: Float64Array.from({ length: samplesOfRun }, () => Math.round(1e6 * random())),
    });
    await handIn(own, queue, fetched, {
      host: label,
      plan,
      run: job.run,
      part: readFileSync(path),
      invalidReason: null,
      tookMs: 100,
    });
  }
  const code = { commit: null, dirty: null, sha256: (start.identity as { code: string }).code };
  await own.query("UPDATE fleet.campaign SET ended = $1", [JSON.stringify(observeEnd(code))]);
  await queue.stop({ close: false, graceful: false });
  await own.close();
}

async function timed<Result>(
  what: string,
  count: number,
  unit: string,
  task: () => Promise<Result>,
): Promise<Result> {
  const began = performance.now();
  const result = await task();
  const seconds = (performance.now() - began) / 1000;
  console.log(`${what}: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(1)} ${unit} a second`);
  return result;
}
