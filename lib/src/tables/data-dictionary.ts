import type { ExperimentDeclaration } from "./experiment-declaration.ts";
import { type ParquetQuery, parquetQueries } from "./parquet/parquet-queries.ts";
import { runsSchema } from "./runs-schema.ts";
import { samplesSchema } from "./samples-schema.ts";
import type { Schema } from "./schema.ts";
import { type TableReader, tableReaders } from "./table-readers.ts";

/** Renders the data dictionary as Markdown: every column of every table, from the schemas that write them. */
export function renderDataDictionary(experiments: readonly ExperimentDeclaration[]): string {
  const sections = experiments.map((experiment) =>
    [
      `## ${experiment.name}`,
      experiment.question,
      `### ${experiment.name}/runs.arrow: one row a run`,
      renderSchema(runsSchema(experiment)),
      `### ${experiment.name}/samples.arrow: one row a sample`,
      renderSchema(samplesSchema(experiment)),
    ].join("\n\n"),
  );
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

function renderSchema(schema: Schema): string {
  const rows = Object.entries(schema).map(([name, { type, unit, meaning, nullable }]) => {
    const cells = [`\`${name}\``, nullable ? `${type} or null` : type, unit, meaning.replaceAll("|", "\\|")];
    return `| ${cells.join(" | ")} |`;
  });
  return ["| column | type | unit | meaning |", "|---|---|---|---|", ...rows].join("\n");
}

function renderReader({ name, language, imports, line }: TableReader): string {
  const fence = language === "Python" ? "python" : "js";
  return [`${name}:`, "", `\`\`\`${fence}`, ...imports.split(/(?<=;) (?=import|arrow)/), line, "```"].join(
    "\n",
  );
}

function renderQuery({ question, engine, lines }: ParquetQuery): string {
  return [`${question}, with ${engine}:`, "", "```python", ...lines, "```"].join("\n");
}

const introduction = `# Data

Written from the schemas in the code by \`scheduling-safety generate\`; edit those instead.

- \`reference/<host>/\` holds the measurements that the article is built from. They never change. Where there are
  several hosts, \`reference/main-host\` names the one that stands for the study. What is simulated does
  not depend on the host, and the bench compares within one run: either may lie with any of them.
- \`local/\` holds this machine's own measurements (\`make data\`). It is not under version control.
- \`published/\` holds values that others have published, with their sources.

Each experiment has a folder with three files, written whole or not at all: \`runs.arrow\`, \`samples.arrow\` and
\`manifest.json\`. A run is one scenario, measured once in a process of its own: the unit of replication. Invalid runs
stay in the tables, marked with the rule they broke; the rules are in the manifest, with the host, the versions, the
seeds and the SHA-256 of both tables. Nothing is averaged before it is stored.

The tables are Arrow IPC files with zstd-compressed bodies. Each column carries its unit and meaning as field metadata.
In Python, and in JavaScript on Node.js, where the two readers are told once how to undo zstd:

${tableReaders.map(renderReader).join("\n\n")}

For many hosts, \`scheduling-safety export --hosts <folder> --out <folder>\` writes the runs, and the samples of valid runs with the
levels of their runs, as Parquet files, partitioned by experiment and host. In the folder that it wrote:

${parquetQueries.map(renderQuery).join("\n\n")}

Where a manifest says \`reencodedFrom\`, the same values were encoded anew after the campaign, so that all of these read
them; the hash is that of the file as it was measured, which version control has.

Types: \`category\` is dictionary-encoded text. Missing is null, never zero. Units: ns and ms are nanoseconds and
milliseconds; 1 is a count or a share.`;
