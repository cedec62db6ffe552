import type { ExperimentDeclaration } from "./experiment-declaration.ts";
import type { Schema } from "./schema.ts";

/** Declares `samples.arrow`: the run each sample belongs to, then the experiment's response. */
export function samplesSchema({ response }: ExperimentDeclaration): Schema {
  return { run: { type: "uint32", unit: "", meaning: "run the sample was taken in" }, ...response };
}
