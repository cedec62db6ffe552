import { expect, test } from "vitest";
import { describeCrate } from "../../../src/publish/article/describe-crate.ts";
import type { Manifest } from "../../../src/tables/manifest.ts";

const manifest = {
  experiment: "coins",
  profile: "full",
  seed: 1,
  date: "2026-11-22",
  runs: { planned: 10, valid: 9, invalid: { steal: 1 } },
  host: { label: "a-host-2-cores", cpuModel: "A host", cores: 2, platform: "linux", kernel: "6.18" },
  software: { node: "26.10.0" },
  tables: { runs: { rows: 10, sha256: "00".repeat(32) }, samples: { rows: 27, sha256: "ff".repeat(32) } },
} as unknown as Manifest;

const source = {
  title: "Coins",
  description: "How often they show heads",
  authors: ["The tossers"],
  license: { name: "CC BY", url: "https://creativecommons.org/licenses/by/4.0/" },
  date: "2026-11-23",
  data: [{ folder: "data/reference/a-host-2-cores", manifests: [manifest] }],
  files: ["index.html", "figs/"],
  version: "0.1.0",
};

interface Entity {
  readonly "@id": string;
  readonly "@type": string;
  readonly [property: string]: unknown;
}

const graph = () => (JSON.parse(describeCrate(source)) as { "@graph": Entity[] })["@graph"];
const entity = (id: string) => graph().find((each) => each["@id"] === id);

test("the crate is the same bytes each time, and every id it refers to is described in it", () => {
  const text = describeCrate(source);
  expect(describeCrate(source)).toBe(text);
  const known = new Set(graph().map((each) => each["@id"]));
  const mentioned = [...text.matchAll(/\{\s*"@id": "([^"]+)"\s*\}/g)].map(([, id]) => id as string);
  const foreign = ["https://w3id.org/ro/crate/1.1", "http://schema.org/CompletedActionStatus"];
  expect(mentioned.filter((id) => !known.has(id) && !foreign.includes(id))).toEqual([]);
});

test("it conforms to the profile: root, actions with instruments and results, versions of the tools", () => {
  expect(entity("./")).toMatchObject({
    "@type": "Dataset",
    name: "Coins",
    datePublished: "2026-11-23",
    conformsTo: { "@id": "https://w3id.org/ro/wfrun/process/0.5" },
    mentions: [{ "@id": "#measure-data-reference-a-host-2-cores-coins" }, { "@id": "#build-article" }],
  });
  expect(entity("https://w3id.org/ro/wfrun/process/0.5")).toMatchObject({ "@type": "CreativeWork" });
  expect(entity("#measure-data-reference-a-host-2-cores-coins")).toMatchObject({
    "@type": "CreateAction",
    endTime: "2026-11-22",
    description:
      "scheduling-safety run coins --profile full --seed 1; 9 of 10 runs valid; A host, 2 cores, linux 6.18",
    instrument: [{ "@id": "#scheduling-safety" }, { "@id": "#nodejs-26.10.0" }],
  });
  expect(entity("#scheduling-safety")).toMatchObject({ softwareVersion: "0.1.0" });
  expect(entity("#nodejs-26.10.0")).toMatchObject({ softwareVersion: "26.10.0" });
});

test("campaigns of two hosts with one label are two actions", () => {
  const data = ["data/reference/a-host-2-cores", "data/local/full"].map((folder) => ({
    folder,
    manifests: [manifest],
  }));
  const text = describeCrate({ ...source, data });
  expect([...text.matchAll(/"name": "Measure coins on a-host-2-cores"/g)]).toHaveLength(2);
});

test("tables are named by their content, and are what the build was made from", () => {
  const id = "ni:///sha-256;__________________________________________8";
  expect(entity(id)).toMatchObject({
    "@type": "File",
    name: "coins/samples.arrow",
    alternateName: "data/reference/a-host-2-cores/coins/samples.arrow",
    sha256: "ff".repeat(32),
  });
  expect(entity("#build-article")?.["object"]).toContainEqual({ "@id": id });
  expect(entity("#build-article")?.["result"]).toEqual([{ "@id": "index.html" }, { "@id": "figs/" }]);
});
