import type { FootnoteDefinition, Node } from "../ast.ts";
import type { Handlers } from "../render.ts";

/** What the Typst handlers share while one document is written. */
export interface TypstContext {
  readonly write: (nodes: readonly Node[]) => string;
  /** Number of each reference by its label. */
  readonly referenceNumbers: ReadonlyMap<string, number>;
  /** Names of the editions in print, the reference first. */
  readonly editions: readonly string[];
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>;
  /** Footnotes already set; a second reference repeats the number. */
  readonly footnotesSet: Set<string>;
  /** Exhibits that fit on no page, by kind and number. */
  readonly beyondPage: ReadonlySet<string>;
  /** They, and tables of many rows: what goes on for pages and stands, across both columns, behind everything else. */
  readonly appendix: string[];
  /** Images by the path under which the document names them. */
  readonly images: Map<string, string>;
}
export type TypstHandlers<Written extends Node> = Handlers<TypstContext, Written>;
