import { estimateBeside } from "../ledger/claims-table.ts";
import type { Comparability } from "../ledger/comparability.ts";
import {
  type ComparedVerdict,
  compareDataSets,
  type DataSetComparison,
} from "../ledger/compare-data-sets.ts";
import { referenceFolder } from "../tables/data-folder.ts";
import { dataSetFolder, requireEvidence } from "./chosen-data-set.ts";
import type { RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";
import { textTable } from "./text-table.ts";

/** Adds `compare`: two data sets beside each other, and whether that is allowed. */
export const registerCompare: RegisterCommand = (program, context) => {
  const { studies, print } = context;
  program
    .command("compare")
    .description("set two data sets side by side: hosts, whether they are comparable, and every verdict")
    .argument("<first>", "folder of a data set; alone, it is set beside the reference")
    .argument("[second]", "folder of the other data set")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples(
        ["compare /tmp/mine", "the reference and yours", "repository"],
        ["compare /tmp/mine /tmp/theirs --json", "two others, for a program"],
      ),
    )
    .action((first: string, second: string | undefined, { json = false }: { json?: boolean }) => {
      const folders: [string, string] =
        second === undefined
          ? [referenceFolder(), dataSetFolder("first", first, context)]
          : [dataSetFolder("first", first, context), dataSetFolder("second", second, context)];
      const comparison = compareDataSets(folders, studies);
      const titles: [string, string] =
        second === undefined ? ["reference", "this host"] : ["first", "second"];
      print(json ? asJson(comparison) : describe(comparison, titles));
      for (const folder of folders) requireEvidence([folder], context);
    });
};

function asJson({ facts, comparable, verdicts }: DataSetComparison): string {
  return JSON.stringify({ facts, comparable, verdicts }, null, 2);
}

function describe({ facts, comparable, verdicts }: DataSetComparison, titles: readonly [string, string]) {
  const hosts = textTable([
    ["", ...titles, ""],
    ...facts.map(({ fact, a, b }) => [fact, a, b, a === b ? "" : "≠"]),
  ]);
  return [hosts.join("\n"), ledger(verdicts, titles), summary(verdicts, titles), statement(comparable)].join(
    "\n\n",
  );
}

function ledger(verdicts: readonly ComparedVerdict[], titles: readonly [string, string]): string {
  const rows = verdicts.map(({ claim, a, b, change, reservations }) => [
    claim.id,
    a.verdict,
    estimateBeside(a, b),
    b.verdict,
    estimateBeside(b, a),
    [change === "contradicts" ? "≠" : "", ...reservations].filter((text) => text !== "").join(", "),
  ]);
  return textTable([["claim", titles[0], "", titles[1], "", ""], ...rows]).join("\n");
}

function summary(verdicts: readonly ComparedVerdict[], [first, second]: readonly [string, string]): string {
  const count = (change: ComparedVerdict["change"]) =>
    verdicts.filter((verdict) => verdict.change === change).length;
  const changes = verdicts
    .filter(({ change }) => change === "contradicts")
    .map(({ claim, a, b }) => `  ${claim.statement} ${first}: ${a.verdict}; ${second}: ${b.verdict}`);
  const counts = `${verdicts.length} claims: ${count("agrees")} with the same verdict, ${count("contradicts")} with opposite ones, ${count("open")} open on one or both`;
  return [counts, ...changes].join("\n");
}

function statement({ verdicts, times, conditions }: Comparability): string {
  const unmet = conditions.filter(({ met, neededFor }) => !met && neededFor === "verdicts");
  const conclusion = times
    ? "Comparable: verdicts, and times in milliseconds."
    : verdicts
      ? "Comparable: verdicts, which are free of scale. Not comparable: times in milliseconds."
      : `Comparable: verdicts, with reservations about ${unmet.map(({ about }) => about).join(", ")}. Not comparable: times in milliseconds.`;
  const reasons = conditions.map(({ about, met, neededFor, finding }) => [
    met ? "  yes" : "  no",
    about,
    `(for ${neededFor})`,
    finding,
  ]);
  return [conclusion, ...textTable(reasons)].join("\n");
}
