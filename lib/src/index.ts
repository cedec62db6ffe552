export type { Figure } from "./figures/figure.ts";
export { axis, logAxis, seriesStyle } from "./figures/theme.ts";
export { handOn } from "./publish/hand-on.ts";
export { show } from "./publish/show.ts";
export { showTable } from "./publish/show-table.ts";
