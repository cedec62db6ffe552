import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../measure/project-root.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { isMeasured, type MeasuredStudy, type Study } from "./study.ts";

/**
 * Finds the studies of another project, `studies/<name>/index.ts`, by their names. Node runs them as they are written.
 *
 * @param root top folder of the project
 * @throws {DataError} when a module cannot be loaded, or does not export one study of its folder's name.
 */
export async function discoverStudies(root: string): Promise<Study[]> {
  const folder = join(root, "studies");
  if (!existsSync(folder)) return [];
  const modules = readdirSync(folder)
    .sort()
    .map((name) => ({ name, path: join(folder, name, "index.ts") }))
    .filter(({ path }) => existsSync(path));
  return Promise.all(modules.map(({ name, path }) => loadStudy(name, path, relative(root, path))));
}

/**
 * Finds a study of the project around the working directory: what a notebook there begins with.
 *
 * @throws {UsageError} when there is none of that name, or it measures nothing.
 */
export async function projectStudy(name: string): Promise<Study & MeasuredStudy> {
  const studies = await discoverStudies(projectRoot);
  const study = studies.filter(isMeasured).find((each) => each.name === name);
  if (study) return study;
  const found = studies.map((each) => each.name).join(", ") || "none";
  throw new UsageError(
    `study must be one that measures, in ${join(projectRoot, "studies")}; found ${found}; got ${name}`,
  );
}

async function loadStudy(name: string, path: string, shown: string): Promise<Study> {
  const exported = await importModule(path, shown);
  const studies = Object.values(exported).filter(isStudy);
  const [study] = studies;
  if (studies.length === 1 && study?.name === name) return study;
  const found = studies.map((each) => each.name).join(", ") || "none";
  throw new DataError(
    `module must export one study named ${name}: ${shown} has ${found}; make it with defineStudy`,
  );
}

async function importModule(path: string, shown: string): Promise<object> {
  try {
    return (await import(pathToFileURL(path).href)) as object;
  } catch (cause) {
    throw new DataError(`study cannot be loaded: ${shown} (${String(cause)}); correct or remove it`, {
      cause,
    });
  }
}

function isStudy(value: unknown): value is Study {
  return (
    typeof value === "object" && value !== null && "claims" in value && "figures" in value && "name" in value
  );
}
