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
    .option("--fresh", "draw every figure again instead of using those that are unchanged")
    .action(async ({ data, keep = false, fresh = false }: NotebookOptions) => {
      if (data !== undefined) {
        await executeEdition("this-host", resolve(data), fresh);
        return;
      }
      await executeEdition("reference", dataFolder({}), fresh);
      if (keep) keepReference();
      else await compareReference();
      print(`${notebookFiles().length} notebooks ${keep ? "executed and kept" : "give what is committed"}`);
    });
};
