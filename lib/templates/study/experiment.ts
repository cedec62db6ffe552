import { around, cross } from "../../src/design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../src/design/experiment.ts";
import { namesOf } from "../../src/design/names-of.ts";
import { response } from "./response.ts";
import { heldWorkers, runTemplateStudy, type TemplateStudyScenario, windowMs, workers } from "./run.ts";

/** Declares what is varied, what is measured, and how often. */
export function experiment() {
  return defineExperiment({
    name: "template-study",
    question: "How long does a task wait for a worker while other tasks hold some of them?",
    factors: {
      held: {
        unit: "",
        meaning: `how many of ${workers} workers other tasks hold: none, one, or all`,
        levels: namesOf(heldWorkers),
      },
    },
    response,
    primary: { rule: "p99", durationsNs: ({ delayNs }) => Float64Array.from(delayNs) },
    design,
    expectedMs: () => 400 + windowMs,
    run: runTemplateStudy,
  });
}

/**
 * The control, in which nothing is held, is measured as often as what it is compared with. A p95 takes 10 probes beyond it,
 * and so 4 runs of 60.
 */
function design(profile: Profile): readonly DesignPart<TemplateStudyScenario>[] {
  const replicates = { smoke: 1, quick: 5, full: 10 }[profile];
  return [around("base", cross({ held: namesOf(heldWorkers) }), {}, {}, replicates)];
}
