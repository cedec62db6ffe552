// Decodes the fonts while the page is still read: text is then never laid out in another font first. Those of formulas come
// from files of their own, where they are needed.
for (const face of document.fonts) if (!face.family.includes("KaTeX")) face.load();
