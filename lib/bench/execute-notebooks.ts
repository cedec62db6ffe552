/** Executes notebooks into a folder, every figure drawn anew: what `stages/article.ts` measures. */
import { runNotebooks } from "../src/publish/run-notebooks.ts";

const [outputFolder = "", ...notebooks] = process.argv.slice(2);
await runNotebooks({ notebooks, outputFolder, fresh: true, progress: null });
