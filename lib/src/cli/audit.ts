import type { AuditSection } from "../audit/finding.ts";
import { DataError } from "../measure/study-error.ts";
import { dataFolder } from "../tables/data-folder.ts";
import { dataSetFolder } from "./chosen-data-set.ts";
import { existingFolder } from "./chosen-folder.ts";
import { forMaintainers, type RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";

interface AuditCommandOptions {
  readonly data?: string;
  readonly article?: string;
}

/** Adds `audit`: one page of what a reviewer checks by hand; fails if anything is missing. */
export const registerAudit: RegisterCommand = (program, context) => {
  const { studies, print } = context;
  program
    .command("audit")
    .helpGroup(forMaintainers)
    .description("check on one page what a reviewer checks by hand; fails if anything is missing")
    .option("--data <folder>", "folder of a data set; by default the reference")
    .option("--article <folder>", "folder of the article's text; by default the project's")
    .addHelpText(
      "after",
      examples(["audit", "the reference data and the prose"], ["audit --data /tmp/mine", "your own data"]),
    )
    .action(async ({ data, article }: AuditCommandOptions) => {
      const folder = dataSetFolder("--data", data ?? dataFolder({}), context);
      const { audit } = await import("../audit/audit.ts");
      const sections = await audit({
        data: folder,
        studies,
        ...(article !== undefined && { article: existingFolder("--article", article) }),
      });
      print(sections.map(describe).join("\n\n"));
      const wrong = sections.flatMap(({ findings }) => findings.filter(({ ok }) => !ok));
      if (wrong.length > 0) {
        throw new DataError(
          `audit found ${wrong.length} ${wrong.length === 1 ? "thing" : "things"} missing or wrong; they are marked ✗ above`,
        );
      }
      print("\naudit: everything is there");
    });
};

function describe({ title, findings }: AuditSection): string {
  const none = findings.length === 0 ? ["  none"] : [];
  return [title, ...findings.map(({ ok, text }) => `  ${ok ? "✓" : "✗"} ${text}`), ...none].join("\n");
}
