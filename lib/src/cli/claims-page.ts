import { decidingRule, reproductionOf } from "../sequential/reproduction.ts";
import { isMeasured, type Study } from "../studies/study.ts";
import type { Manifest } from "../tables/manifest.ts";
import type { Revision } from "./revisions.ts";

/**
 * Writes the page that says how to test each claim alone, and which claims and sentences were revised.
 *
 * @param manifests of the reference data, whose worker counts the times are for
 * @param revisions as `data/ledger/revisions.json` has them
 */
export function claimsPage(
  studies: readonly Study[],
  manifests: readonly Manifest[],
  revisions: readonly Revision[],
): string {
  return `${[
    "# Claims",
    "Written by `scheduling-safety generate`. What the reference host says of each claim stands in the article, under “Which claims hold, and where”.",
    "## Each claim alone",
    `\`scheduling-safety reproduce --claim ID\` measures what one claim reads and judges it; \`scheduling-safety decide\` spends twelve minutes on all of them. Rule: ${decidingRule()}. Minutes are those up to the first look and up to the last, at the worker counts of the reference data. K: blockers, W: workers, B: length of a block, D: what a request needs of a worker, Z: what it sleeps, N*: W (D + Z) / D clients.`,
    table(["claim", "command", "minutes", "decided by"], claimRows(studies, manifests)),
    "## What was revised",
    "Sentences that said more than their predicate, or left out the design they were measured in. Expectations stand as they were written before the data; where a predicate changed too, both are given.",
    table(
      ["claim or place", "before", "after", "why"],
      revisions.map(({ of, before, after, why }) => [of, before, after, why]),
    ),
  ].join("\n\n")}\n`;
}

function claimRows(studies: readonly Study[], manifests: readonly Manifest[]): string[][] {
  const measured = studies.filter(isMeasured);
  const experiments = new Map(
    measured.map(({ name, experiment }) => {
      const manifest = manifests.find((one) => one.experiment === name);
      const counts = manifest?.parameters.factors["workers"]?.map(Number);
      return [name, experiment(counts)];
    }),
  );
  return studies
    .flatMap(({ claims }) => claims)
    .flatMap((claim) => {
      const experiment = experiments.get(claim.experiment);
      if (experiment === undefined) return [];
      const { command, firstMs, mostMs } = reproductionOf(experiment, claim);
      return [[claim.id, `\`${command}\``, `${minutes(firstMs)} to ${minutes(mostMs)}`, claim.margin]];
    });
}

function minutes(ms: number): string {
  return Math.max(0.1, ms / 60_000).toFixed(ms < 600_000 ? 1 : 0);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(header), `|${header.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}
