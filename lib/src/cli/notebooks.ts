import { Option } from "commander";
import { buildAlone, buildsFolder } from "../publish/build-alone.ts";
import { dataFolder } from "../tables/data-folder.ts";
import { dataSetFolder } from "./chosen-data-set.ts";
import { type CliContext, forMaintainers, type RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";

interface NotebookOptions {
  readonly data?: string;
  readonly keep?: boolean;
  readonly fresh?: boolean;
  readonly only?: string;
}

/** Adds `notebooks`: executes those that changed, each from empty; on the reference data, their outputs must be the committed ones. */
export const registerNotebooks: RegisterCommand = (program, context) => {
  program
    .command("notebooks")
    .helpGroup(forMaintainers)
    .description(
      "execute the notebooks that changed, each from empty; on the reference data, compare with their committed outputs",
    )
    .addOption(
      new Option("--data <folder>", "execute on this data set instead, for an edition of its own").conflicts([
        "keep",
        "only",
      ]),
    )
    .option("--keep", "keep the outputs and figures of the reference data instead of comparing them")
    .option("--fresh", "execute every notebook and draw every figure again, also those that are unchanged")
    .option("--only <notebook>", "execute only the notebook of this number or name, and leave the others")
    .addHelpText(
      "after",
      examples(
        ["notebooks --keep", "after a change of a notebook or of the library"],
        ["notebooks --only 07", "one notebook alone"],
        ["notebooks --data /tmp/mine", "all notebooks on your own data"],
      ),
    )
    .action((options: NotebookOptions) => buildAlone(buildsFolder, () => execute(options, context)));
};

async function execute({ data, keep = false, fresh = false, only }: NotebookOptions, context: CliContext) {
  const { compareReference, executeEdition, keepReference } = await import("../publish/execute-edition.ts");
  const choice = { fresh, ...(only !== undefined && { only }) };
  if (data !== undefined) {
    await executeEdition("this-host", dataSetFolder("--data", data, context), choice);
    return;
  }
  const { length } = await executeEdition("reference", dataFolder({}), choice);
  if (keep) keepReference();
  else await compareReference();
  const [notebooks, give] = length === 1 ? ["notebook", "gives"] : ["notebooks", "give"];
  context.print(`${length} ${notebooks} ${keep ? "executed and kept" : `${give} what is committed`}`);
}
