import { checkNotebooks } from "../publish/check-notebooks.ts";
import { notebookFiles } from "../publish/execute-edition.ts";
import type { RegisterCommand } from "./command.ts";

/** Adds `check-notebooks`: type-checks notebook cells with the strict compiler. */
export const registerCheckNotebooks: RegisterCommand = (program, { print }) => {
  program
    .command("check-notebooks")
    .description("type-check all notebook cells as strictly as the library")
    .action(async () => {
      const notebooks = notebookFiles();
      await checkNotebooks(notebooks);
      print(`${notebooks.length} notebooks type-check`);
    });
};
