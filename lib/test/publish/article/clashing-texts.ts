/// <reference lib="dom" />
/**
 * Lists the texts of each visible drawing that lie over another, beyond their drawing's edge, or are too small to read. Runs in the browser, so it uses
 * nothing from outside itself.
 */
export function clashingTexts(): string[] {
  const isSeen = (element: Element) =>
    getComputedStyle(element).visibility === "visible" && element.getClientRects().length > 0;
  const textsOf = (drawing: Element) =>
    [...drawing.querySelectorAll("text")].flatMap((text) => {
      const lines = [...text.querySelectorAll("tspan.line")];
      return (lines.length > 0 ? lines : [text])
        .filter((line) => line.textContent?.trim() !== "" && isSeen(line))
        .map((line) => ({ words: line.textContent, box: line.getBoundingClientRect() }));
    });
  const overlap = (a: DOMRect, b: DOMRect) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  const clashes = (drawing: Element) => {
    const edge = drawing.getBoundingClientRect();
    const texts = textsOf(drawing);
    const cut = texts
      .filter(({ box }) => box.left < edge.left - 1 || box.right > edge.right + 1)
      .map(({ words }) => `"${words}" is cut`);
    const over = texts.flatMap((a, i) =>
      texts
        .slice(i + 1)
        .filter((b) => overlap(a.box, b.box))
        .map((b) => `"${a.words}" lies over "${b.words}"`),
    );
    const small = texts
      .filter(({ box, words }) => box.height < 11 && box.width < 11 * words.length)
      .map(({ words, box }) => `"${words}" is too small to read: ${box.height.toFixed(1)} px`);
    return [...cut, ...over, ...small];
  };
  return [...document.querySelectorAll("figure svg:not(svg svg)")].filter(isSeen).flatMap(clashes);
}
