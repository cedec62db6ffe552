/**
 * The schedule of a load that rises and falls, in the unit of the design: a request's time on an idle pool, so that N
 * connections are as many requests as N unhindered closed-loop connections would send.
 *
 *     12            ┌─────┐
 *      N  ──────────┘     └───────────────
 *         0         1     2               5 s
 */
export const burstPhases = { beforeMs: 1000, burstMs: 1000, afterMs: 3000, connections: 12 } as const;
