import type { SeriesStyle } from "../theme.ts";

/** How the two variants look and what they are called, in every figure of the suspension convoy. */
export const variantStyles: readonly (SeriesStyle & { readonly variant: string; readonly label: string })[] =
  [
    { variant: "bad", label: "sends under the lock", color: "#D55E00", dash: "solid", symbol: "square" },
    { variant: "good", label: "gives it back first", color: "#009E73", dash: "solid", symbol: "diamond" },
  ];
