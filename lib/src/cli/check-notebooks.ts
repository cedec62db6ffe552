import { everyNotebook } from "../publish/edition-paths.ts";
import { forMaintainers, type RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";

/** Adds `check-notebooks`: type-checks notebook cells with the strict compiler. */
export const registerCheckNotebooks: RegisterCommand = (program, { print }) => {
  program
    .command("check-notebooks")
    .helpGroup(forMaintainers)
    .description("type-check all notebook cells as strictly as the library")
    .addHelpText("after", examples(["check-notebooks", "names notebook, cell and line of each error"]))
    .action(async () => {
      const { checkNotebooks } = await import("../publish/check-notebooks.ts");
      const notebooks = everyNotebook();
      await checkNotebooks(notebooks);
      print(`${notebooks.length} notebooks type-check`);
    });
};
