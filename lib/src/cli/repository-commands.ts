import { registerArticle } from "./article.ts";
import { registerAudit } from "./audit.ts";
import { registerCheckNotebooks } from "./check-notebooks.ts";
import type { RegisterCommand } from "./command.ts";
import { registerGenerate } from "./generate.ts";
import { registerNotebooks } from "./notebooks.ts";

/** Commands that need this repository: its notebooks, its article, and the packages that execute and set them. */
export const repositoryCommands: readonly RegisterCommand[] = [
  registerGenerate,
  registerNotebooks,
  registerCheckNotebooks,
  registerArticle,
  registerAudit,
];
