const NAMES: Readonly<Record<string, string>> = { figure: "Figure", table: "Table", code: "Listing" };

/** Names a kind of container as its caption and its cross-references do. */
export function captionName(kind: string): string {
  return NAMES[kind] ?? kind;
}
