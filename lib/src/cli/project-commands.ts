import { registerClaims } from "./claims.ts";
import type { RegisterCommand } from "./command.ts";
import { registerCompare } from "./compare.ts";
import { registerDecide } from "./decide.ts";
import { registerExport } from "./export.ts";
import { registerFleet } from "./fleet/fleet.ts";
import { registerHost } from "./host.ts";
import { registerList } from "./list.ts";
import { registerNewStudy } from "./new-study.ts";
import { registerReport } from "./report.ts";
import { registerReproduce } from "./reproduce.ts";
import { registerRun } from "./run.ts";
import { registerVerify } from "./verify.ts";

/** Commands that work in every project, and load nothing that draws or sets a page. */
export const projectCommands: readonly RegisterCommand[] = [
  registerList,
  registerRun,
  registerDecide,
  registerReproduce,
  registerFleet,
  registerVerify,
  registerHost,
  registerClaims,
  registerCompare,
  registerReport,
  registerExport,
  registerNewStudy,
];
