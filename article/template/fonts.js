// Decodes the fonts while the page is still read: text is then never laid out in another font first.
for (const face of document.fonts) face.load();
