/**
 * The colours of every figure, on white paper. Hues are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), without
 * the yellow; all but `sky` and `pale`, which colour no text, are dark enough for text: a contrast of 4.5 or more
 * (https://www.w3.org/TR/WCAG22/#contrast-minimum).
 */
export const palette = {
  paper: "#ffffff",
  ink: "#1f2328",
  slate: "#3d444d",
  muted: "#57606a",
  faint: "#6e7781",
  rule: "#c9d1d9",
  grid: "#e4e7eb",
  tint: "#eef0f3",
  blue: "#0072b2",
  vermilion: "#b85000",
  green: "#007a5a",
  purple: "#a8487e",
  ochre: "#946000",
  rust: "#8a2d00",
  navy: "#08306b",
  sky: "#56b4e9",
  pale: "#9ecae1",
} as const;
