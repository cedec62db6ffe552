/** Colours of one scheme. Text colours have a contrast of at least 4.5 : 1 on the paper. */
interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly rule: string;
  readonly tint: string;
  readonly paper: string;
  readonly calm: string;
  readonly alarm: string;
  readonly held: string;
}

const light: Palette = {
  ink: "#1f2328",
  muted: "#57606a",
  rule: "#d5dae0",
  tint: "#f5f7f9",
  paper: "#ffffff",
  calm: "#0067a3",
  alarm: "#b34700",
  held: "#e9a15b",
};
const dark: Palette = {
  ink: "#e3e6ea",
  muted: "#a3acb7",
  rule: "#363d46",
  tint: "#1c2127",
  paper: "#14171b",
  calm: "#6cb6ff",
  alarm: "#ff9e5e",
  held: "#8a4d14",
};

/** Style of drawings on paper: for the PDF, and wherever an SVG stands alone. */
export function printedStyle(): string {
  return rules("", (name) => light[name], '"Source Sans 3"');
}

/** Style of drawings in the page, which follow its colour scheme. */
export function pageStyle(): string {
  const both = (name: keyof Palette) => `light-dark(${light[name]}, ${dark[name]})`;
  return `${rules(".drawn ", both, "var(--sans)")}\n`;
}

function rules(scope: string, color: (name: keyof Palette) => string, font: string): string {
  const [ink, muted, rule, tint] = [color("ink"), color("muted"), color("rule"), color("tint")];
  const [paper, calm, alarm, held] = [color("paper"), color("calm"), color("alarm"), color("held")];
  const lines: readonly (readonly [string, string])[] = [
    ["text", `font-family:${font};font-size:13px;fill:${ink}`],
    [".label", `fill:${muted}`],
    [".tick", `fill:${muted};font-size:12px`],
    [".axis", `fill:${muted}`],
    [".strong", "font-weight:600"],
    [".alarmed", `fill:${alarm}`],
    [".calmed", `fill:${calm}`],
    [".rule", `stroke:${rule};fill:none`],
    [".grid", `stroke:${rule};stroke-width:1`],
    [".arrow", `stroke:${muted};stroke-width:1.5;fill:none`],
    [".tip", `fill:${muted}`],
    [".deadline", `stroke:${alarm};stroke-width:1.5;stroke-dasharray:4 3;fill:none`],
    [".box", `fill:${tint};stroke:${muted};stroke-width:1`],
    [".hold", `fill:${held}`],
    [".poll", `fill:${calm}`],
    [".wait", `fill:none;stroke:${alarm};stroke-width:2`],
    [".sleep", `stroke:${muted};stroke-width:1.5;stroke-dasharray:2 3`],
    [".lock", `fill:none;stroke:${calm};stroke-width:2`],
    [".mark", `fill:${muted};stroke:${paper};stroke-width:1`],
    [".mark.waiting", `fill:${alarm}`],
    [".mark.running", `fill:${calm}`],
    [".mark.in-line", `fill:${alarm}`],
    [".mark.done", "opacity:0.25"],
    [".mark.absent", "visibility:hidden"],
    [".mark.holds", `stroke:${calm};stroke-width:3`],
    [".block", `fill:${held};stroke:${ink};stroke-width:1`],
    [".block.absent", "visibility:hidden"],
    [".worker.blocked .box", `stroke:${alarm};stroke-width:1.5`],
    [".worker text", `fill:${ink}`],
    [".band", `fill:${tint};stroke:${rule}`],
    [".saturation", `stroke:${muted};stroke-dasharray:2 3`],
    [".predicted", "fill:none;stroke-width:2"],
    [".predicted.p99", `stroke:${alarm}`],
    [".predicted.p50", `stroke:${calm};stroke-dasharray:6 3`],
    [".predicted.other", `stroke:${muted};opacity:0.45`],
    [".whisker", `stroke:${ink};stroke-width:1.25`],
    [".measured", `stroke:${ink};stroke-width:1.25`],
    [".measured.p99", `fill:${ink}`],
    [".measured.p50", `fill:${paper}`],
    [".live .p99", `fill:${alarm}`],
    [".live .p50", `fill:${calm}`],
  ];
  return lines.map(([selector, body]) => `${scope}${selector}{${body}}`).join("\n");
}
