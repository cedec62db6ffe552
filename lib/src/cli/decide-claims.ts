import { describeSoftware, softwareWarnings } from "../harness/describe-software.ts";
import { duration } from "../harness/duration.ts";
import { environmentWarnings } from "../harness/run-environment.ts";
import { showProgress } from "../harness/show-progress.ts";
import { estimateText } from "../ledger/claims-table.ts";
import { evaluateLedger, type LedgerRow } from "../ledger/evaluate-ledger.ts";
import { UsageError } from "../measure/study-error.ts";
import { measureInRounds, type RoundsEnd, type RoundsRequest } from "../sequential/measure-in-rounds.ts";
import { sequentialLooks } from "../stats/sequential-looks.ts";
import { requireEvidence } from "./chosen-data-set.ts";
import { outputFolder } from "./chosen-output.ts";
import type { CliContext } from "./command.ts";
import { parseSeed } from "./parse-seed.ts";
import { textTable } from "./text-table.ts";
import { signalCodes, untilSignal } from "./until-signal.ts";
import { verdictJson } from "./verdict-json.ts";

/** Options of commands that decide claims, as commander parses them. */
export interface DecideClaimsOptions {
  readonly seed: string;
  readonly out: string;
  readonly restart?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/**
 * Measures in rounds until claims are decided, and shows what was.
 *
 * @throws {UsageError} when the experiments have no claim, or the budget is too small for a first look at any.
 * @throws {NoEvidenceError} when no run of any experiment was valid.
 */
export async function decideClaims(
  campaign: Pick<RoundsRequest, "asked" | "isAll" | "budgetMs">,
  options: DecideClaimsOptions,
  { studies, print, conditions }: CliContext,
): Promise<void> {
  const seed = parseSeed(options.seed);
  const names = campaign.asked.map(({ experiment }) => experiment.name);
  if (campaign.asked.every(({ claims }) => claims.length === 0)) {
    throw new UsageError(
      `experiment has no claim to decide: ${names.join(", ")}; measure it with \`run\`, or state a claim in its study`,
    );
  }
  const out = outputFolder(options.out, names);
  const progress = showProgress(process.stderr, options.quiet);
  for (const warning of [...softwareWarnings(describeSoftware()), ...environmentWarnings()])
    progress.warn(`warning: ${warning}`);
  const began = performance.now();
  await untilSignal(async (signal) => {
    const request = {
      ...campaign,
      seed,
      out,
      restart: options.restart ?? false,
      ...(conditions && { conditions }),
    };
    const end = await measureInRounds(request, progress, signal).catch((error: unknown) => {
      progress.end();
      throw error;
    });
    if (end.kind === "stopped") {
      progress.end("stopped; the same command, without --restart, goes on from here");
      process.exitCode ||= signalCodes.SIGINT;
      return;
    }
    const { budgetMs } = campaign;
    if (budgetMs !== null && end.claims.every(({ looks }) => looks === 0)) {
      progress.end();
      throw new UsageError(
        `budget is too small for a first look at any claim: ${budgetMs / 60_000} min; allow more with --budget`,
      );
    }
    progress.end(`finished after ${duration(performance.now() - began)}`);
    const asked = new Set(end.claims.map(({ claim }) => claim));
    const rows = evaluateLedger(out, studies).filter(({ claim }) => asked.has(claim.id));
    if (options.json) print(JSON.stringify(asJson(end, rows), null, 2));
    else if (!options.quiet) print(describe(end, rows));
    requireEvidence([out], { studies });
  });
}

function asJson({ claims, spentMs }: RoundsEnd, rows: readonly LedgerRow[]) {
  return {
    expectedMs: spentMs,
    claims: rows.map((row) => ({
      ...verdictJson(row),
      looks: claims.find(({ claim }) => claim === row.claim.id)?.looks ?? 0,
    })),
  };
}

function describe({ claims }: RoundsEnd, rows: readonly LedgerRow[]): string {
  const runsOf = (id: string) => {
    const looks = claims.find(({ claim }) => claim === id)?.looks ?? 0;
    const runs = sequentialLooks()[looks - 1]?.runs ?? 0;
    return `${runs} run${runs === 1 ? "" : "s"}`;
  };
  const decided = rows.filter(({ verdict }) => verdict !== "not testable here");
  const lines = decided.map((row) => [
    `${row.verdict}${row.asExpected === false ? ", against expectation" : ""}`,
    row.claim.id,
    runsOf(row.claim.id),
    estimateText(row),
  ]);
  const open = rows.length - decided.length;
  return [
    ...textTable(lines),
    "",
    `${decided.length} of ${rows.length} claims are decided, ${open} are open`,
  ].join("\n");
}
