/** One place that a search can find. */
export interface Found {
  /** Address within the site. */
  readonly id: string;
  readonly title: string;
  /** Title of the page, or what kind of thing it is. */
  readonly part: string;
  readonly text: string;
}

/** How the index is made and read; both sides must agree. */
export const searchOptions = {
  fields: ["title", "text"],
  storeFields: ["title", "part"],
  searchOptions: { boost: { title: 3 }, prefix: true, fuzzy: 0.15, combineWith: "AND" },
} as const;
