import { intervalColumns } from "../../src/summary/interval-columns.ts";

/** Makes up the columns of an estimate with an interval around it, from 10 % below to 15 % above. */
export function interval<Name extends string, Unit extends string>(
  name: Name,
  unit: Unit,
  estimate: number | null,
  [below, above]: readonly [number, number] = [0.9, 1.15],
) {
  const times = (factor: number) => (estimate === null ? null : estimate * factor);
  return intervalColumns(name, unit, { estimate, low: times(below), high: times(above) });
}

/** Gives the columns of an estimate that was not measured. */
export function unmeasured<Name extends string, Unit extends string>(name: Name, unit: Unit) {
  return interval(name, unit, null);
}
