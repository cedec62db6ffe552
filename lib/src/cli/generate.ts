import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot } from "../measure/project-root.ts";
import { DataError } from "../measure/study-error.ts";
import { handedValues } from "../publish/collect-values.ts";
import { notebookFiles } from "../publish/edition-paths.ts";
import { declareExperiments, type Study } from "../studies/study.ts";
import { writeCatalogue } from "../studies/write-catalogue.ts";
import { writeClaimIds } from "../studies/write-claim-ids.ts";
import { renderDataDictionary } from "../tables/data-dictionary.ts";
import { dataFolder } from "../tables/data-folder.ts";
import { readManifests } from "../tables/read-manifests.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import { archiveFiles, readCitation } from "./archive-files.ts";
import { claimsPage } from "./claims-page.ts";
import { forMaintainers, type RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";
import { readmeFinding, studyTable, withGenerated } from "./readme-parts.ts";
import { readRevisions } from "./revisions.ts";

interface GenerateOptions {
  readonly check?: boolean;
}

/** Adds `generate`: writes what follows from the folders of the studies. */
export const registerGenerate: RegisterCommand = (program, { studies, print }) => {
  program
    .command("generate")
    .helpGroup(forMaintainers)
    .description(
      "write what follows from studies and citation: catalogue, claims, data dictionary, parts of the README, files for archives",
    )
    .option("--check", "write nothing; fail if something is out of date")
    .addHelpText("after", examples(["generate --check", "fails if something is out of date"]))
    .action(({ check = false }: GenerateOptions) => {
      for (const [path, text] of generated(studies)) {
        const shown = relative(projectRoot, path);
        if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
        if (check) throw new DataError(`file is out of date: ${shown}; run \`scheduling-safety generate\``);
        writeAtomically(path, text);
        print(shown);
      }
    });
};

function generated(studies: readonly Study[]): (readonly [path: string, text: string])[] {
  const folder = join(projectRoot, "lib", "src", "studies");
  const readme = join(projectRoot, "README.md");
  const citation = readCitation(readFileSync(join(projectRoot, "CITATION.cff"), "utf8"));
  return [
    ...Object.entries(archiveFiles).map(
      ([name, describe]) =>
        [join(projectRoot, name), `${JSON.stringify(describe(citation), null, 2)}\n`] as const,
    ),
    [join(folder, "catalogue.ts"), writeCatalogue(folder)],
    [join(projectRoot, "lib", "src", "ledger", "claim-ids.ts"), writeClaimIds(studies)],
    [join(projectRoot, "data", "README.md"), renderDataDictionary(declareExperiments(studies))],
    [join(projectRoot, "CLAIMS.md"), claimsPage(studies, readManifests(dataFolder({})), readRevisions())],
    [
      readme,
      withGenerated(
        withGenerated(readFileSync(readme, "utf8"), "finding", readmeFinding(handedValues(notebookFiles()))),
        "studies",
        studyTable(studies),
      ),
    ],
  ];
}
