import { join } from "node:path";
import { projectRoot } from "../measure/project-root.ts";
import { declareExperiments } from "../studies/study.ts";
import { renderDataDictionary } from "../tables/data-dictionary.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import type { RegisterCommand } from "./command.ts";

/** Adds `dictionary`: writes the meaning of every column from the schemas. */
export const registerDictionary: RegisterCommand = (program, { studies, print }) => {
  program
    .command("dictionary")
    .description("write the data dictionary from the schemas")
    .option("--out <file>", "file to write", join(projectRoot, "data", "README.md"))
    .action(({ out }: { out: string }) => {
      writeAtomically(out, renderDataDictionary(declareExperiments(studies)));
      print(out);
    });
};
