import type { FootnoteDefinition, Node } from "../ast.ts";
import type { Article } from "../embed-evidence.ts";
import type { Handlers } from "../render.ts";

/** What the HTML handlers share while one page is written. */
export interface HtmlContext {
  readonly write: (nodes: readonly Node[]) => string;
  /** Number of each reference by its label. */
  readonly referenceNumbers: ReadonlyMap<string, number>;
  /** Names of the editions in print, the reference first. */
  readonly editions: readonly string[];
  /** Where each figure and table comes from, by id. */
  readonly exhibits: Article["exhibits"];
  /** The cell that hands on each value, by the value's path. */
  readonly origins: Article["origins"];
  /** Address of a target, on this page or on another. */
  readonly hrefOf: (id: string) => string;
  /** By how many ranks headings are raised: a page of the reference begins with a heading of the second rank. */
  readonly raise: number;
  /** The ledger of claims as HTML, which stands in the page where paper has tables. */
  readonly ledger: () => string;
  /** Footnotes in the order of their definitions; written at the end of the page. */
  readonly footnotes: FootnoteDefinition[];
}
export type HtmlHandlers<Written extends Node> = Handlers<HtmlContext, Written>;
