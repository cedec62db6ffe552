/** Where text is anchored. */
type Anchor = "start" | "middle" | "end";

/** Writes a line of text. */
export function text(x: number, y: number, words: string, kind = "", anchor: Anchor = "start"): string {
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
}

/** Draws a box. */
export function box(x: number, y: number, width: number, height: number, kind: string): string {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="3"/>`;
}

/** Draws a straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

/** Draws a task. */
export function dot(x: number, y: number, state: "asleep" | "waiting" | "running"): string {
  return `<circle class="mark ${state}" cx="${x}" cy="${y}" r="4.5"/>`;
}

/** Draws an arrow that points right, down or left. */
export function arrow(x1: number, y1: number, x2: number, y2: number): string {
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  return `${line(x1, y1, x2, y2, "arrow")}<path class="tip" d="M-7 -4L1 0L-7 4Z" transform="translate(${x2} ${y2}) rotate(${angle.toFixed(0)})"/>`;
}
