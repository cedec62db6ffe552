/** Which number of an estimate: itself, or an end of its interval. */
export type Bound = "" | "Low" | "High";

/** Draws intervals as whiskers: how far each bound lies from its estimate, null and no whisker where one of them is missing. */
export function whiskers<R>(
  rows: readonly R[],
  value: (row: R, bound: Bound) => number | null,
  color: string,
) {
  const distance = (bound: Bound) =>
    rows.map((row) => {
      const [from, to] = [value(row, ""), value(row, bound)];
      return from === null || to === null ? null : Math.abs(to - from);
    });
  return {
    type: "data",
    symmetric: false,
    array: distance("High"),
    arrayminus: distance("Low"),
    color,
    thickness: 1.25,
    width: 3,
  } as const;
}
