import { from } from "arquero";
import type { Experiment, Scenario } from "../design/experiment.ts";
import { identifyCampaign } from "../harness/campaign-identity.ts";
import { describeCampaign, observeEnd } from "../harness/describe-campaign.ts";
import { planRuns } from "../harness/plan.ts";
import type { Claim } from "../ledger/claim.ts";
import { readHostState } from "../measure/host-state.ts";
import { withRunsRead } from "../summary/read-runs.ts";
import { cellKey } from "../tables/cell-key.ts";
import type { Dataset } from "../tables/load.ts";
import type { ColumnType } from "../tables/schema.ts";

/** A scenario of a part of the design, as one run of it. */
export interface Cell {
  readonly key: string;
  readonly part: string;
  readonly levels: Scenario;
  /** Time one run is expected to take (ms). */
  readonly expectedMs: number;
}

/**
 * Finds the cells of the design that each claim reads, before anything is measured: it judges a data set with one run of
 * each cell, one row a run, and what it asks for is noted. A claim that cannot judge such data, or reads them in another way
 * than through the kits, counts as reading all.
 *
 * @returns for each claim's id, its cells
 */
export function cellsRead(experiment: Experiment, claims: readonly Claim[]): Map<string, readonly Cell[]> {
  const { data, cells } = skeleton(experiment);
  return new Map(
    claims.map((claim) => {
      const read = runsReadBy(claim, data).flatMap((run) => cells[run] ?? []);
      return [claim.id, read.length > 0 ? read : cells];
    }),
  );
}

function runsReadBy(claim: Claim, data: Dataset): number[] {
  try {
    return [...withRunsRead(() => claim.judge(data)).runs];
  } catch {
    return [];
  }
}

/** One run of each cell; the number of a run is its place among the cells. */
function skeleton(experiment: Experiment): { readonly data: Dataset; readonly cells: readonly Cell[] } {
  const factors = Object.keys(experiment.factors);
  const plan = planRuns(experiment, "sequential", 0);
  const jobs = plan.jobs.filter(({ block }) => block === 0);
  const rows = jobs.map(({ scenario, ...place }, run) => ({ ...place, ...scenario, run, valid: true }));
  const empty = Object.fromEntries(
    Object.entries(experiment.response).map(([name, { type }]) => [name, standIn(type)]),
  );
  const none = { rows: 0, bytes: 0, sha256: "" };
  const manifest = describeCampaign(
    experiment,
    plan,
    {},
    {
      identity: identifyCampaign(experiment, "sequential", 0, plan, "", null),
      beganMs: 0,
      before: readHostState(),
    },
    observeEnd({ commit: null, dirty: null, sha256: "" }),
    rows,
    { runs: none, samples: none },
    {},
  );
  return {
    data: {
      declaration: experiment,
      experiment: experiment.name,
      host: manifest.host.label,
      runs: from(rows),
      samples: from(rows.map((row) => ({ ...empty, ...row }))),
      manifest,
    },
    cells: jobs.map(({ part, scenario }) => ({
      key: cellKey(part, scenario, factors),
      part,
      levels: scenario,
      expectedMs: experiment.expectedMs(scenario),
    })),
  };
}

function standIn(type: ColumnType): number | string | boolean {
  if (type === "text" || type === "category") return "";
  return type === "bool" ? false : 1;
}
