import { entryBeside } from "../../src/measure/entry-beside.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { type TemplateStudyData, templateStudyWaits } from "./analysis.ts";
import { templateStudyClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { templateStudyFigure } from "./figures.ts";
import { templateStudyValues } from "./values.ts";

export const templateStudy = defineStudy({
  name: "template-study",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  claims: templateStudyClaims,
  waits: templateStudyWaits,
  values: templateStudyValues,
  figures: { waits: templateStudyFigure },
  report: (data: TemplateStudyData) => {
    const waits = templateStudyWaits(data);
    return {
      tables: { waits },
      figures: [templateStudyFigure(waits)],
      values: templateStudyValues(data, waits),
    };
  },
});
