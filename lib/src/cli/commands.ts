import { tmpdir } from "node:os";
import { sweepHeldFolders } from "../measure/held-folder.ts";
import { isInstalled, projectRoot } from "../measure/project-root.ts";
import { scratchFolder } from "../publish/scratch-folder.ts";
import { discoverStudies } from "../studies/discover-studies.ts";
import type { Study } from "../studies/study.ts";
import type { RegisterCommand } from "./command.ts";
import { projectCommands } from "./project-commands.ts";
import { registerProjectNotebooks } from "./project-notebooks.ts";
import { runCli } from "./run-cli.ts";

/** Runs the command line of this process and sets its exit code. */
export async function runCommands(): Promise<void> {
  for (const folder of new Set([tmpdir(), scratchFolder])) sweepHeldFolders(folder);
  process.exitCode = await runCli(process.argv.slice(2), await commands(), {
    studies: await studies(),
    print: (text) => process.stdout.write(`${text}\n`),
  });
}

/** Those of this repository or, where the package is installed, those of the project. */
async function studies(): Promise<readonly Study[]> {
  if (!isInstalled) return (await import("../studies/catalogue.ts")).studies;
  return discoverStudies(projectRoot);
}

async function commands(): Promise<readonly RegisterCommand[]> {
  if (isInstalled) return [...projectCommands, registerProjectNotebooks];
  return [...projectCommands, ...(await import("./repository-commands.ts")).repositoryCommands];
}
