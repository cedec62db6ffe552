/**
 * Returns the probability that a customer of an M/M/c queue has to wait, by the recursion of Erlang's B formula, which
 * stays within [0, 1] for any number of servers.
 *
 *     B(0) = 1,  B(n) = a·B(n − 1) / (n + a·B(n − 1)),  C = B(c) / (1 − (1 − B(c))·a / c)
 *
 * @param servers c, an integer ≥ 1
 * @param load a, the offered load in erlangs: arrival rate × mean service time
 * @throws RangeError if servers is no such integer, or the load is not from 0 to below servers: no steady state
 * @see https://en.wikipedia.org/wiki/Erlang_(unit)#Erlang_C_formula
 */
export function erlangC(servers: number, load: number): number {
  if (!Number.isInteger(servers) || servers < 1) {
    throw new RangeError(`servers must be an integer ≥ 1; got ${servers}`);
  }
  if (!(load >= 0 && load < servers)) {
    throw new RangeError(
      `load must be from 0 to below ${servers} erlangs, the number of servers; got ${load}`,
    );
  }
  let lost = 1;
  for (let n = 1; n <= servers; n++) lost = (load * lost) / (n + load * lost);
  return lost / (1 - (1 - lost) * (load / servers));
}

/** Returns the mean wait of an M/M/c queue in units of the mean service time: C(c, a) / (c − a). */
export function erlangWait(servers: number, load: number): number {
  return erlangC(servers, load) / (servers - load);
}
