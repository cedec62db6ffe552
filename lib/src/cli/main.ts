import { studies } from "../studies/catalogue.ts";
import { registerArticle } from "./article.ts";
import { registerAudit } from "./audit.ts";
import { registerCheckNotebooks } from "./check-notebooks.ts";
import { registerClaims } from "./claims.ts";
import { registerCompare } from "./compare.ts";
import { registerGenerate } from "./generate.ts";
import { registerHost } from "./host.ts";
import { registerList } from "./list.ts";
import { registerNotebooks } from "./notebooks.ts";
import { registerRun } from "./run.ts";
import { runCli } from "./run-cli.ts";
import { registerVerify } from "./verify.ts";

const commands = [
  registerList,
  registerRun,
  registerVerify,
  registerGenerate,
  registerHost,
  registerNotebooks,
  registerCheckNotebooks,
  registerArticle,
  registerClaims,
  registerCompare,
  registerAudit,
];

process.exitCode = await runCli(process.argv.slice(2), commands, {
  studies,
  print: (text) => process.stdout.write(`${text}\n`),
});
