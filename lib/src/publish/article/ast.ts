/** The MyST document tree as the article's writers see it. A node type missing here fails the build. */
export type Node = Block | FigurePart | Inline | Measured | Outputs | Lift;
export type NodeType = Node["type"];
export type NodeOf<T extends NodeType> = Extract<Node, { type: T }>;

interface Base<T extends string> {
  readonly type: T;
  readonly position?: { readonly start: { readonly line: number } };
  /** The included file it stands in; absent in `article.md` itself. */
  readonly file?: string;
}
interface Leaf<T extends string> extends Base<T> {
  readonly value: string;
}
interface Parent<T extends string> extends Base<T> {
  readonly children: readonly Node[];
}
/** One kind of node for each of the types. */
type Parents<T extends string> = T extends string ? Parent<T> : never;
type Leaves<T extends string> = T extends string ? Leaf<T> : never;
/** What a cross-reference can point at. */
interface Target {
  readonly identifier?: string;
  readonly html_id?: string;
  readonly enumerator?: string;
}

export type Block =
  | Parents<"root" | "block" | "paragraph" | "blockquote" | "listItem" | "glossary" | "definitionList">
  | Heading
  | List
  | Math
  | Code
  | Admonition
  | DefinitionTerm
  | FootnoteDefinition
  | Parents<"definitionDescription" | "admonitionTitle">
  | Base<"thematicBreak">
  | Leaf<"comment">
  | Base<"mystTarget">;

/** Figures, tables and listings with their captions. */
export type FigurePart =
  | Container
  | Parents<"caption" | "legend">
  | Plot
  | Picture
  | EditionBox
  | Table
  | TableRow
  | TableCell;

export type Inline =
  | Leaves<"text" | "inlineCode" | "inlineMath">
  | Parents<"strong" | "emphasis" | "superscript" | "subscript" | "citeGroup">
  | Link
  | CrossReference
  | CaptionNumber
  | Cite
  | Abbreviation
  | FootnoteReference
  | Reading
  | Base<"break">;

interface Heading extends Parent<"heading">, Target {
  readonly depth: number;
}
interface List extends Parent<"list"> {
  readonly ordered: boolean;
  readonly start?: number;
}
/** A displayed formula; the value is TeX. */
interface Math extends Leaf<"math">, Target {}
/** In the language "drawing" it names a drawing of the house and is replaced by a picture before anything is written. */
interface Code extends Leaf<"code"> {
  readonly lang?: string;
}
interface Admonition extends Parent<"admonition"> {
  readonly kind?: string;
}
/** A numbered figure, table or listing with its caption. */
export interface Container extends Parent<"container">, Target {
  readonly kind: string;
  readonly class?: string;
  /** The notebook cell it was embedded from. */
  readonly source?: { readonly label: string; readonly location: string };
}
export type Table = Parent<"table">;
export type TableRow = Parent<"tableRow">;
export interface TableCell extends Parent<"tableCell"> {
  readonly header?: boolean;
  readonly align?: "left" | "center" | "right";
  readonly colspan?: number;
  readonly rowspan?: number;
}
interface DefinitionTerm extends Parent<"definitionTerm">, Target {}
export interface FootnoteDefinition extends Parent<"footnoteDefinition"> {
  readonly identifier: string;
}
export interface FootnoteReference extends Base<"footnoteReference"> {
  readonly identifier: string;
  readonly enumerator?: string;
}
interface Link extends Parent<"link"> {
  readonly url: string;
}
interface CrossReference extends Parent<"crossReference">, Target {}
interface CaptionNumber extends Parent<"captionNumber">, Target {
  readonly kind: string;
}
interface Cite extends Parent<"cite"> {
  readonly label: string;
  readonly kind: string;
  readonly enumerator?: string;
}
interface Abbreviation extends Parent<"abbreviation"> {
  readonly title: string;
}

/** Where a notebook's output belongs; replaced by a plot or a table before anything is written. */
export type Outputs = Base<"outputs">;
/** Where a notebook's value belongs; replaced by a reading before anything is written. */
export interface Measured extends Base<"measured"> {
  readonly path: string;
  readonly format: string;
}
/** What MyST leaves of an embedding whose target it does not find. */
interface Lift extends Base<"_lift"> {
  readonly source?: { readonly label: string };
}
/** A value as every edition in print has it, the reference first. */
export interface Reading extends Base<"reading"> {
  readonly path: string;
  readonly texts: readonly string[];
}
/** One edition's figure: a still image, and the Plotly figure it was drawn from. */
export interface Plot extends Base<"plot"> {
  readonly id: string;
  /** Position of the edition in print; 0 is the reference. */
  readonly edition: number;
  readonly svg: string;
  readonly json: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}
/** A diagram, or an explorable with its still. */
export interface Picture extends Base<"picture"> {
  readonly name: string;
  readonly html: string;
  /** The same for paper, or the still. */
  readonly svg: string;
  readonly alt: string;
  /** Whether it spans both columns on paper. */
  readonly wide: boolean;
}
/** What belongs to one edition where several are printed together. */
export interface EditionBox extends Parent<"edition"> {
  readonly name: string;
}

/** Returns the children of a node, or none for a leaf. */
export function childrenOf(node: Node): readonly Node[] {
  return "children" in node ? node.children : [];
}

/** Names the line of a node for an error. */
export function placeOf({ position, file = "article.md" }: Node): string {
  return position === undefined ? file : `${file}:${position.start.line}`;
}
