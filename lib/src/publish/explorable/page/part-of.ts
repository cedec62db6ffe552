/// <reference lib="dom" />
/** Finds a part of an explorable. @throws Error if the page lacks it: page and script then are of two builds */
export function partOf<T extends Element>(figure: ParentNode, selector: string): T {
  const part = figure.querySelector<T>(selector);
  if (part === null) throw new Error(`explorable must have a part ${selector}; it is missing`);
  return part;
}
