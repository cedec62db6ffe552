import { relative } from "node:path";
import { Option } from "commander";
import { projectRoot } from "../measure/project-root.ts";

/** An option that names a file or folder, and without it one in the project, which the help shows as seen from there. */
export function pathOption(flags: string, description: string, path: string): Option {
  return new Option(flags, description).default(path, relative(projectRoot, path));
}
