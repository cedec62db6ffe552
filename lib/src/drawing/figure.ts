import type { Data, Layout } from "plotly.js";

/** A figure of the study: what Plotly draws, and the words that name and describe it. */
export interface Figure {
  /** Kebab case, unique in the study; names `figures/<id>.svg` and the article's cross-reference. */
  readonly id: string;
  /** Names the figure in lists and plain text; it is not drawn, the text around the figure has its heading. */
  readonly title: string;
  /** Says what the figure shows to a reader who cannot see it. */
  readonly alt: string;
  readonly caption?: string;
  readonly data: readonly Data[];
  /** What differs from the house theme only; `show` puts the theme below it. */
  readonly layout: Partial<Layout>;
}
