import type { Statements } from "./database/connection.ts";

/** How far a fleet has come with one experiment on one host. */
export interface CampaignStatus {
  readonly experiment: string;
  readonly profile: string;
  /** Runs that the design comes to at most. */
  readonly planned: number;
  readonly answered: number;
  /** Answered without a measurement, because the runs before sufficed. */
  readonly notNeeded: number;
  readonly invalid: Readonly<Record<string, number>>;
  /** Answers that came after their lease, kept beside those that count. */
  readonly late: number;
  readonly begun: boolean;
  readonly ended: boolean;
}

/** How a host of a fleet stands. */
export interface HostStatus {
  readonly host: string;
  readonly state: "never seen" | "at work" | "silent" | "closed";
  /** Seconds since its last sign of life, by the server's clock; null before the first. */
  readonly silentSeconds: number | null;
  /** Why its last worker ended, if by an error. */
  readonly note: string | null;
  readonly campaigns: readonly CampaignStatus[];
  /** Time the rest takes, at the pace so far (ms); null where that is not known yet. */
  readonly leftMs: number | null;
}

interface HostRow {
  readonly host: string;
  readonly closed: boolean;
  readonly held: boolean;
  readonly silent: number | null;
  readonly note: string | null;
}

interface CampaignRow extends Omit<CampaignStatus, "invalid"> {
  readonly host: string;
  readonly plan: string;
  readonly expectedMs: number;
  readonly tookMs: number;
}

interface InvalidRow {
  readonly host: string;
  readonly plan: string;
  readonly rule: string;
  readonly runs: number;
}

/** Looks at every host of a fleet. */
export async function fleetStatus(database: Statements): Promise<readonly HostStatus[]> {
  const hosts = await database.query<HostRow>(
    `SELECT label AS host, closed IS NOT NULL AS closed, coalesce(held_until > now(), false) AS held,
       extract(epoch FROM now() - seen)::float8 AS silent, note FROM fleet.host ORDER BY label`,
  );
  const campaigns = await database.query<CampaignRow>(
    `SELECT c.host, c.plan, c.identity->>'experiment' AS experiment, c.identity->>'profile' AS profile, c.planned,
       c.expected_ms AS "expectedMs", c.begun IS NOT NULL AS begun, c.ended IS NOT NULL AS ended,
       count(*) FILTER (WHERE standing = 'accepted')::int AS answered,
       count(*) FILTER (WHERE standing = 'accepted' AND part IS NULL)::int AS "notNeeded",
       count(*) FILTER (WHERE standing = 'late')::int AS late,
       coalesce(sum(took_ms) FILTER (WHERE standing = 'accepted'), 0) AS "tookMs"
     FROM fleet.campaign c LEFT JOIN fleet.answer a ON a.host = c.host AND a.plan = c.plan
     GROUP BY c.host, c.plan ORDER BY c.host, c.place`,
  );
  const invalid = await database.query<InvalidRow>(
    `SELECT host, plan, regexp_replace(reason, ':.*$', '') AS rule, count(*)::int AS runs
     FROM fleet.answer, unnest(string_to_array(invalid_reason, '; ')) AS reason
     WHERE standing = 'accepted' GROUP BY host, plan, rule ORDER BY rule`,
  );
  return hosts.map((row) => {
    const own = campaigns.filter(({ host }) => host === row.host);
    return {
      host: row.host,
      state: stateOf(row),
      silentSeconds: row.silent,
      note: row.note,
      campaigns: own.map((campaign) => statusOf(campaign, invalid)),
      leftMs: timeLeft(own),
    };
  });
}

function stateOf({ closed, held, silent }: HostRow): HostStatus["state"] {
  if (closed) return "closed";
  if (silent === null) return "never seen";
  return held ? "at work" : "silent";
}

function statusOf(
  { host, plan, expectedMs: _, tookMs: __, ...status }: CampaignRow,
  invalid: readonly InvalidRow[],
) {
  const rules = invalid.filter((row) => row.host === host && row.plan === plan);
  return { ...status, invalid: Object.fromEntries(rules.map(({ rule, runs }) => [rule, runs])) };
}

/** The declared time of what is left, stretched as what was done was; a run that was not needed took nothing. */
function timeLeft(campaigns: readonly CampaignRow[]): number | null {
  const sum = (of: (campaign: CampaignRow) => number) => campaigns.reduce((all, one) => all + of(one), 0);
  const declaredOfRuns = (runs: (campaign: CampaignRow) => number) =>
    sum((campaign) =>
      campaign.planned === 0 ? 0 : (campaign.expectedMs * runs(campaign)) / campaign.planned,
    );
  const left = declaredOfRuns(({ planned, answered }) => planned - answered);
  if (left === 0) return 0;
  const done = declaredOfRuns(({ answered }) => answered);
  return done === 0 ? null : (left * sum(({ tookMs }) => tookMs)) / done;
}
