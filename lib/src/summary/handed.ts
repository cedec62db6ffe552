/** Values for the article by name; null is a value that could not be measured. */
export type Handed = Readonly<Record<string, number | string | null>>;
