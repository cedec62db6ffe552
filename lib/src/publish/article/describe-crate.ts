import type { Manifest } from "../../tables/manifest.ts";

/** One data set as a crate names it. */
export interface CratedData {
  /** Where it lies, relative to the project, with `/` between. */
  readonly folder: string;
  readonly manifests: readonly Manifest[];
}

export interface CrateSource {
  readonly title: string;
  readonly description: string;
  readonly authors: readonly string[];
  readonly license: { readonly name: string; readonly url: string };
  /** ISO day. */
  readonly date: string;
  /** The data sets behind the article, the reference first. */
  readonly data: readonly CratedData[];
  /** What the build wrote beside the crate. */
  readonly files: readonly string[];
  /** Version of this package. */
  readonly version: string;
}

const profile = "https://w3id.org/ro/wfrun/process/0.5";
const study = "#scheduling-safety";

/**
 * Describes what was run to make the article, for archives: each campaign that measured, and the build, as actions with
 * their instruments, inputs and results. The same bytes from the same manifests.
 *
 * @see https://w3id.org/ro/wfrun/process/0.5 Process Run Crate
 */
export function describeCrate(source: CrateSource): string {
  const { title, description, authors, license, date, data, files, version } = source;
  const campaigns = data.flatMap(({ folder, manifests }) =>
    manifests.map((manifest) => ({ folder, manifest })),
  );
  const tables = campaigns.flatMap(({ folder, manifest }) => tablesOf(folder, manifest));
  const actions = campaigns.map(({ folder, manifest }) => campaignAction(folder, manifest));
  const runtimes = [...new Set(campaigns.map(({ manifest }) => manifest.software.node))].map(runtime);
  const people = authors.map((name, i) => ({ "@id": `#author-${i + 1}`, "@type": "Organization", name }));
  const build = {
    "@id": "#build-article",
    "@type": "CreateAction",
    name: "Build the article from the measurements",
    description: "make article",
    endTime: date,
    instrument: { "@id": study },
    object: ids(tables),
    result: files.map((file) => ({ "@id": file })),
  };
  const root = {
    "@id": "./",
    "@type": "Dataset",
    name: title,
    description,
    datePublished: date,
    license: { "@id": license.url },
    author: ids(people),
    conformsTo: { "@id": profile },
    hasPart: [...files.map((file) => ({ "@id": file })), ...ids(tables)],
    mentions: ids([...actions, build]),
  };
  const graph: Entity[] = [
    descriptor,
    root,
    { "@id": license.url, "@type": "CreativeWork", name: license.name },
    ...people,
    { "@id": profile, "@type": "CreativeWork", name: "Process Run Crate", version: "0.5" },
    ...files.map(fileEntity),
    ...tables,
    ...actions,
    build,
    application(version, runtimes),
    ...runtimes,
  ];
  return `${JSON.stringify({ "@context": context, "@graph": unique(graph) }, null, 2)}\n`;
}

const context = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"];
const descriptor: Entity = {
  "@id": "ro-crate-metadata.json",
  "@type": "CreativeWork",
  conformsTo: { "@id": "https://w3id.org/ro/crate/1.1" },
  about: { "@id": "./" },
};

/** Two hosts may have measured the same bytes; an id is described once. */
function unique(entities: readonly Entity[]): Entity[] {
  return [...new Map(entities.map((entity) => [entity["@id"], entity])).values()];
}

interface Entity {
  readonly "@id": string;
  readonly [property: string]: unknown;
}

function ids(entities: readonly Entity[]): { "@id": string }[] {
  return entities.map((entity) => ({ "@id": entity["@id"] }));
}

/** Tables lie outside the folder of the crate, so that their content names them (RFC 6920). */
function tablesOf(folder: string, { experiment, tables }: Manifest): Entity[] {
  return Object.entries(tables).map(([name, { rows, sha256 }]) => ({
    "@id": `ni:///sha-256;${Buffer.from(sha256, "hex").toString("base64url")}`,
    "@type": "File",
    name: `${experiment}/${name}.arrow`,
    alternateName: `${folder}/${experiment}/${name}.arrow`,
    description: `${rows} rows`,
    encodingFormat: "application/vnd.apache.arrow.file",
    sha256,
  }));
}

function campaignAction(folder: string, manifest: Manifest): Entity {
  const { experiment, profile: size, seed, date, host, runs, software } = manifest;
  return {
    "@id": `#measure-${folder.replaceAll("/", "-")}-${experiment}`,
    "@type": "CreateAction",
    name: `Measure ${experiment} on ${host.label}`,
    description: `scheduling-safety run ${experiment} --profile ${size} --seed ${seed}; ${runs.valid} of ${runs.planned} runs valid; ${host.cpuModel}, ${host.cores} cores, ${host.platform} ${host.kernel}`,
    endTime: date,
    actionStatus: { "@id": "http://schema.org/CompletedActionStatus" },
    instrument: [{ "@id": study }, { "@id": runtimeId(software.node) }],
    result: ids(tablesOf(folder, manifest)),
  };
}

function application(version: string, runtimes: readonly Entity[]): Entity {
  return {
    "@id": study,
    "@type": "SoftwareApplication",
    name: "scheduling-safety",
    softwareVersion: version,
    softwareRequirements: ids(runtimes),
  };
}

function runtime(version: string): Entity {
  return {
    "@id": runtimeId(version),
    "@type": "SoftwareApplication",
    name: "Node.js",
    url: "https://nodejs.org/",
    softwareVersion: version,
  };
}

function runtimeId(version: string): string {
  return `#nodejs-${version}`;
}

function fileEntity(name: string): Entity {
  const formats: Readonly<Record<string, string>> = { html: "text/html", pdf: "application/pdf" };
  const format = formats[name.split(".").at(-1) ?? ""];
  return name.endsWith("/")
    ? { "@id": name, "@type": "Dataset", name: `what the page needs: ${name.slice(0, -1)}` }
    : { "@id": name, "@type": "File", name: "the article", ...(format && { encodingFormat: format }) };
}
