import * as v from "valibot";
import { parse, YAMLError } from "yaml";
import { DataError } from "../measure/study-error.ts";

const citationSchema = v.object({
  title: v.string(),
  version: v.string(),
  "date-released": v.string(),
  license: v.string(),
  authors: v.pipe(v.array(v.object({ name: v.string() })), v.minLength(1)),
  keywords: v.array(v.string()),
  references: v.array(v.object({ "repository-code": v.optional(v.string()) })),
});
type Citation = v.InferOutput<typeof citationSchema>;

/** What archives ask to be told, by file name; all of it follows from the citation file. */
export const archiveFiles: Readonly<Record<string, (citation: Citation) => object>> = {
  /** @see https://codemeta.github.io/terms/ CodeMeta 3.0 */
  "codemeta.json": (citation) => ({
    "@context": "https://w3id.org/codemeta/3.0",
    "@type": "SoftwareSourceCode",
    name: citation.title,
    version: citation.version,
    dateModified: citation["date-released"],
    license: `https://spdx.org/licenses/${citation.license}`,
    author: citation.authors.map(({ name }) => ({ "@type": "Organization", name })),
    keywords: citation.keywords,
    programmingLanguage: "TypeScript",
    runtimePlatform: "Node.js",
    operatingSystem: "Linux, macOS",
    softwareRequirements: ["Node.js >= 20.19", "Python >= 3.10", "GNU make"],
    buildInstructions: "README.md",
    readme: "README.md",
    developmentStatus: "active",
  }),
  /** @see https://developers.zenodo.org/#representation metadata of a deposit */
  ".zenodo.json": (citation) => ({
    title: citation.title,
    upload_type: "software",
    version: citation.version,
    license: citation.license,
    creators: citation.authors,
    keywords: citation.keywords,
    related_identifiers: citation.references
      .flatMap(({ "repository-code": code }) => code ?? [])
      .map((identifier) => ({ identifier, relation: "references", resource_type: "software" })),
  }),
};

/** Reads a citation file (https://citation-file-format.github.io). @throws {DataError} naming what it lacks. */
export function readCitation(text: string): Citation {
  const read = v.safeParse(citationSchema, parseYaml(text));
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new DataError(`CITATION.cff: ${v.getDotPath(issue) ?? "file"} must be given; ${issue.message}`);
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof YAMLError)) throw cause;
    const [problem] = cause.message.split("\n");
    throw new DataError(`CITATION.cff: file must be YAML; ${problem}`, { cause });
  }
}
