import { didYouMean } from "../../measure/nearest-name.ts";
import { DataError } from "../../measure/study-error.ts";
import { draw } from "../drawings/draw.ts";
import { type Container, childrenOf, type Measured, type Node, placeOf } from "./ast.ts";
import { type Edition, readFigure } from "./edition.ts";
import { formatValue } from "./format-value.ts";
import { type LedgerRow, ledgerRows } from "./ledger-rows.ts";
import { numberReferences, type Reference } from "./number-references.ts";
import { parseFragment } from "./parse-fragment.ts";
import type { ResolvedDocument } from "./resolve-document.ts";

/** The article with its evidence in place, ready to be written. */
export interface Article {
  readonly document: ResolvedDocument;
  readonly abstract: readonly Node[];
  readonly body: readonly Node[];
  readonly references: readonly Reference[];
  /** Where each figure and table comes from, by id. */
  readonly exhibits: Edition["exhibits"];
  /** The cell that hands on each value, by the value's path. */
  readonly origins: Edition["origins"];
  /** The claims as each edition judges them, the reference first. */
  readonly ledgers: readonly (readonly LedgerRow[])[];
  /** Names and descriptions of the editions in print, the reference first. */
  readonly editions: readonly { readonly name: string; readonly description: string }[];
}

/**
 * Puts every edition's values, figures and tables where the text asks for them.
 *
 * @throws DataError naming every value that is unknown, badly formatted or handed on but never used,
 *   or the figure or table that an edition lacks
 */
export async function embedEvidence(
  document: ResolvedDocument,
  editions: readonly Edition[],
): Promise<Article> {
  const problems: string[] = [];
  const used = new Set<string>();
  const embed = async (node: Node, container?: Container): Promise<Node[]> => {
    if (node.type === "measured") return [readValue(node, editions, used, problems)];
    if (node.type === "_lift") {
      throw new DataError(
        `article.md: no notebook shows "${node.source?.label}"; embed a figure's or a table cell's id`,
      );
    }
    if (node.type === "code" && node.lang === "drawing")
      return [await draw(node.value, editions, placeOf(node))];
    if (node.type === "outputs") return readOutputs(container, editions);
    return embedChildren(node, node.type === "container" ? node : container);
  };
  const embedChildren = async (node: Node, container?: Container): Promise<Node[]> => {
    if (!("children" in node)) return [node];
    const children = await Promise.all(node.children.map((child) => embed(child, container)));
    return [{ ...node, children: children.flat() } as Node];
  };
  const abstract = await embedAll(document.frontmatter.parts?.abstract?.mdast, embedChildren);
  const body = await embedAll(document.mdast, embedChildren);
  problems.push(...unusedValues(editions[0], used));
  if (problems.length > 0) throw new DataError(problems.join("\n"));
  const { exhibits = new Map(), origins = new Map() } = editions[0] ?? {};
  const references = numberReferences([...abstract, ...body], document);
  const ledgers = editions.map((edition) => ledgerRows(edition.exhibits));
  return {
    document,
    abstract,
    body,
    references,
    exhibits,
    origins,
    ledgers,
    editions: editions.map(({ source }) => source),
  };
}

async function embedAll(
  root: Node | undefined,
  embed: (node: Node) => Promise<Node[]>,
): Promise<readonly Node[]> {
  return root === undefined ? [] : (await Promise.all(childrenOf(root).map(embed))).flat();
}

function readValue(
  measured: Measured,
  editions: readonly Edition[],
  used: Set<string>,
  problems: string[],
): Node {
  const { path, format } = measured;
  const place = placeOf(measured);
  used.add(path);
  // What only the reference measured, as with a smaller design on this host, is missing there and no mistake.
  const inReference = editions[0]?.values.has(path) === true;
  const texts = editions.map(({ source, values }) => {
    const value = values.get(path) ?? (inReference ? null : undefined);
    try {
      if (value !== undefined) return formatValue(value, format);
      problems.push(
        `${place}: value "${path}" is unknown; no notebook of the ${source.name} edition hands it on: ${kindOf(path)}${didYouMean(path, [...values.keys()])}`,
      );
    } catch (error) {
      problems.push(`${place}: value "${path}": ${(error as Error).message}`);
    }
    return "";
  });
  return { type: "reading", path, texts };
}

/** Tells where to look for the name, which stands in the code as it does in the text. */
function kindOf(path: string): string {
  const notebook = path.split(".")[0] ?? "";
  const named =
    notebook === "claims" ? "lib/src/ledger/claim-values.ts" : `lib/src/studies/${notebook}/values.ts`;
  return `${named} names those of ${notebook}`;
}

function unusedValues(reference: Edition | undefined, used: ReadonlySet<string>): string[] {
  return [...(reference?.values.keys() ?? [])]
    .filter((path) => !used.has(path))
    .map(
      (path) => `values.json: value "${path}" is handed on but never used; quote it in article.md or drop it`,
    );
}

async function readOutputs(container: Container | undefined, editions: readonly Edition[]): Promise<Node[]> {
  const id = container?.source?.label;
  if (id === undefined) throw new DataError("article.md: figure or table must be embedded with a caption");
  const versions = await Promise.all(editions.map((edition, index) => readOutput(id, edition, index)));
  if (editions.length === 1) return versions.flat();
  return versions.map((children, index) => ({
    type: "edition",
    name: editions[index]?.source.name ?? "",
    children,
  }));
}

/** The reference shows everything; on a reader's host a notebook may have ended for want of measurements. */
async function readOutput(id: string, edition: Edition, index: number): Promise<Node[]> {
  const exhibit = edition.exhibits.get(id);
  if (exhibit === undefined) {
    if (index > 0) return [notMeasured(edition)];
    throw new DataError(`article.md: no notebook of the ${edition.source.name} edition shows "${id}"`);
  }
  if (exhibit.html !== undefined) return [...parseFragment(exhibit.html, `${exhibit.notebook}, ${id}`)];
  const { layout, ...figure } = await readFigure(edition, id);
  return [{ type: "plot", id, edition: index, ...figure, width: layout.width, height: layout.height }];
}

function notMeasured({ source }: Edition): Node {
  const value = `Not measured on ${source.name}: what this shows could not be tested there.`;
  return { type: "paragraph", children: [{ type: "text", value }] };
}
