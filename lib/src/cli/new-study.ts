import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isInstalled, projectRoot } from "../measure/project-root.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { exportName } from "../studies/study.ts";
import type { RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";
import { checkStudyName } from "./study-template.ts";
import { writeStudyElsewhere, writeStudyHere } from "./write-study.ts";

interface NewStudyOptions {
  readonly in?: string;
}

/** Adds `new-study`: writes a study that runs, to be changed step by step. */
export const registerNewStudy: RegisterCommand = (program, { print, studies }) => {
  program
    .command("new-study")
    .description(
      "write a small study that runs, with control, claims, figure, values and notebook; then change it",
    )
    .argument("<name>", "kebab case, as in checkout-pool")
    .option("--in <folder>", "project that gets it, which has installed this package; by default this one")
    .addHelpText(
      "after",
      examples(
        ["new-study checkout-pool", "a study of this project"],
        ["new-study checkout-pool --in ../shop", "of another one"],
      ),
    )
    .action(async (name: string, { in: folder }: NewStudyOptions) => {
      checkStudyName(name);
      if (studies.some((study) => study.name === name)) {
        throw new UsageError(`study exists: ${name}; choose another name`);
      }
      if (folder !== undefined || isInstalled) {
        const root = folder === undefined ? projectRoot : resolve(folder);
        print([...writeStudyElsewhere(root, name), "", ...stepsElsewhere(name)].join("\n"));
        return;
      }
      await checkExport(name);
      const written = writeStudyHere(projectRoot, name);
      finish(name);
      print([...written, "", ...stepsHere(name)].join("\n"));
    });
};

/** The library's one module of exports has each name once. */
async function checkExport(name: string): Promise<void> {
  const library: object = await import("../index.ts");
  if (exportName(name) in library) {
    throw new UsageError(`study name is taken: the library exports ${exportName(name)}; choose another name`);
  }
}

/** Formats what was written, then writes what follows from it: first the catalogue, then all that is read through it. */
function finish(name: string): void {
  const main = join("lib", "src", "cli", "main.ts");
  const biome = join("node_modules", "@biomejs", "biome", "bin", "biome");
  const folders = [join("lib", "src", "studies", name), join("lib", "test", "studies", name)];
  if (existsSync(join(projectRoot, biome))) node(biome, "check", "--write", "--log-level=error", ...folders);
  node(main, "generate");
  node(main, "generate");
}

function node(...command: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: projectRoot, encoding: "utf8" });
  if (status === 0) return;
  throw new DataError(
    `study is written, but not what follows from it: ${stderr.trim()}; correct it, then run \`make generate\``,
  );
}

/** What to do next, in this repository. */
export function stepsHere(name: string): string[] {
  const folder = `lib/src/studies/${name}`;
  return [
    "It runs as it stands:",
    `  npx vitest run lib/test/studies/${name}`,
    `  make check && npx scheduling-safety run ${name} --profile smoke`,
    "Change, in this order:",
    `  1. ${folder}/experiment.ts  the question, the factors and their levels, the control, the replicates`,
    `  2. ${folder}/response.ts    what a run leaves, with units`,
    `  3. ${folder}/run.ts         what is measured; worker.ts: what runs on a worker`,
    `  4. ${folder}/claims.ts      claims with margin and expectation, before the first full measurement`,
    `  5. ${folder}/analysis.ts    then values.ts and figures.ts`,
    `  6. lib/test/studies/${name}/  known answers for each of them`,
    `  7. lib/src/studies/order.ts, article/article.md  its place among the others`,
    `Measure: npx scheduling-safety run ${name} --profile full --out data/reference/<host> --replace-reference`,
    `Show: notebooks/…-${name}.ipynb, article/sections/${name}.md, \`make notebooks\`, \`make article\``,
  ];
}

function stepsElsewhere(name: string): string[] {
  return [
    "It runs as it stands:",
    `  npx scheduling-safety run ${name} --profile quick`,
    `  npx scheduling-safety verify data/local/quick`,
    `  npx scheduling-safety claims data/local/quick`,
    `  npx scheduling-safety report data/local/quick`,
    "These two say first which packages they need, and how to install them:",
    `  npx scheduling-safety notebooks data/local/quick`,
    `  npx scheduling-safety report data/local/quick --figures`,
    "Change, in this order:",
    `  1. studies/${name}/experiment.ts  the question, the factors and their levels, the control, the replicates`,
    `  2. studies/${name}/response.ts    what a run leaves, with units`,
    `  3. studies/${name}/run.ts         what is measured; worker.ts: what runs on a worker`,
    `  4. studies/${name}/claims.ts      claims with margin and expectation, before the first full measurement`,
    `  5. studies/${name}/analysis.ts    then values.ts and figures.ts; index.ts says what a report shows`,
    `  6. notebooks/${name}.ipynb        the text around what was measured`,
  ];
}
