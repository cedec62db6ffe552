import { relative } from "node:path";
import { requirePackages } from "../measure/require-packages.ts";
import { dataSetFolder } from "./chosen-data-set.ts";
import type { RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";
import { drawingPackages } from "./report.ts";

/** Adds `notebooks` to a project that installed this package: executes its own, on its own data. */
export const registerProjectNotebooks: RegisterCommand = (program, context) => {
  program
    .command("notebooks")
    .description("execute the project's notebooks from empty, and keep their outputs")
    .argument("[folder]", "folder of a data set; by default the one that was measured last")
    .addHelpText(
      "after",
      examples(["notebooks", "on what was measured last"], ["notebooks /tmp/mine", "on another data set"]),
    )
    .action(async (folder: string | undefined) => {
      requirePackages("executing notebooks", ["tslab", ...drawingPackages]);
      const data = dataSetFolder("folder", folder, context);
      const { executeProjectNotebooks } = await import("../publish/project-notebooks.ts");
      const executed = await executeProjectNotebooks(data);
      context.print(executed.map((path) => relative(process.cwd(), path)).join("\n"));
    });
};
