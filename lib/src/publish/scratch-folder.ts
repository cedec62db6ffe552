import { join } from "node:path";
import { projectRoot } from "../measure/project-root.ts";

/** Folder within the clone for what lives no longer than a process. */
export const scratchFolder: string = join(projectRoot, ".cache", "tmp");
