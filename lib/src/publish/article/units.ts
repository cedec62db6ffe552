/** Pattern of what a number in the text may be of. */
export const unitPattern =
  "(?:[%‰‱×°]|(?:[mnμµ]?s|min|h|[kMG]?Hz|[kKMG]i?B|per ?cent|times)(?![\\p{L}\\p{N}]))";
