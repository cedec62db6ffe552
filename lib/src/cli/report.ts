import { join, relative } from "node:path";
import type { Figure } from "../drawing/figure.ts";
import { projectRoot } from "../measure/project-root.ts";
import { requirePackages } from "../measure/require-packages.ts";
import { isMeasured } from "../studies/study.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import { dataSetFolder, requireEvidence } from "./chosen-data-set.ts";
import { outputFile } from "./chosen-output.ts";
import type { RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";
import { pathOption } from "./path-option.ts";
import { reportPage } from "./report-page.ts";

interface ReportOptions {
  readonly out: string;
  readonly figures?: boolean;
}

/** Packages that draw a figure. */
export const drawingPackages = [
  "plotly.js",
  "puppeteer-core",
  "@sparticuz/chromium",
  "@expo-google-fonts/source-sans-3",
];

/** Adds `report`: one page of what a data set says. */
export const registerReport: RegisterCommand = (program, context) => {
  const { studies, print } = context;
  program
    .command("report")
    .description(
      "write one page of a data set: hosts, claims and their verdicts, tables, and figures if asked",
    )
    .argument("[folder]", "folder of a data set; by default the one notebooks read")
    .addOption(pathOption("--out <file>", "the page", join(projectRoot, "report.html")))
    .option("--figures", "draw figures, which needs a browser")
    .addHelpText(
      "after",
      examples(["report /tmp/mine --out mine.html", "verdicts and tables of your own data"]),
    )
    .action(async (folder: string | undefined, { out, figures = false }: ReportOptions) => {
      const file = outputFile(out);
      if (figures) requirePackages("drawing figures", drawingPackages);
      const data = dataSetFolder("folder", folder, context);
      const measured = studies.filter(isMeasured);
      const page = figures
        ? await withDrawing((draw) => reportPage(data, measured, draw))
        : await reportPage(data, measured, null);
      writeAtomically(file, page);
      print(relative(process.cwd(), file));
      requireEvidence([data], context);
    });
};

/** Lends what draws, which is loaded only here. */
async function withDrawing<T>(use: (draw: (figure: Figure) => Promise<string>) => Promise<T>): Promise<T> {
  const { figureFile } = await import("../publish/figure-file.ts");
  const { renderSvg } = await import("../publish/render-svg.ts");
  const { closeBrowser } = await import("../publish/browser.ts");
  try {
    return await use((figure) => renderSvg(figure.id, figureFile(figure)));
  } finally {
    await closeBrowser();
  }
}
