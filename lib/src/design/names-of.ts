/** Lists the names of a record of plain settings, such as a factor's levels, in the order in which they are written. */
export function namesOf<Name extends string>(settings: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(settings) as Name[];
}
