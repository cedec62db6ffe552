import { resolve } from "node:path";
import {
  compareReference,
  executeEdition,
  keepReference,
  notebookFiles,
} from "../publish/execute-edition.ts";
import { dataFolder } from "../tables/data-folder.ts";
import type { RegisterCommand } from "./command.ts";

interface NotebookOptions {
  readonly data?: string;
  readonly keep?: boolean;
  readonly fresh?: boolean;
  readonly only?: string;
}

/** Adds `notebooks`: executes them from empty; on the reference data, their outputs must be the committed ones. */
export const registerNotebooks: RegisterCommand = (program, { print }) => {
  program
    .command("notebooks")
    .description(
      "execute all notebooks from empty; on the reference data, compare with their committed outputs",
    )
    .option("--data <folder>", "execute on this data set instead, for an edition of its own")
    .option("--keep", "keep the outputs and figures of the reference data instead of comparing them")
    .option("--fresh", "execute every notebook and draw every figure again, also those that are unchanged")
    .option("--only <notebook>", "execute only the notebook of this number or name, and leave the others")
    .action(async ({ data, keep = false, fresh = false, only }: NotebookOptions) => {
      const choice = { fresh, ...(only !== undefined && { only }) };
      if (data !== undefined) {
        await executeEdition("this-host", resolve(data), choice);
        return;
      }
      await executeEdition("reference", dataFolder({}), choice);
      if (keep) keepReference();
      else await compareReference();
      print(`${notebookFiles().length} notebooks ${keep ? "executed and kept" : "give what is committed"}`);
    });
};
