import { AssertionError } from "node:assert";
import { libraryOf } from "../attach/pool-kinds.ts";
import { type PoolWatch, watchPool } from "../attach/watch-pool.ts";
import type { Incident } from "../incident/incident.ts";
import { incidentLine } from "../incident/incident-line.ts";
import { judge } from "../incident/judge.ts";
import { printable } from "../printable.ts";
import { Watch } from "../watch.ts";

/** What a test lets pass. */
export interface StarvationLimits {
  /** Longest that a task may wait with every worker held (ms). */
  readonly within?: number;
  /** Tasks that may hold every worker. An entry that matches nothing fails the test, too. */
  readonly allow?: readonly string[];
}

/** A pool under test. */
export interface StarvationWatch extends AsyncDisposable {
  /**
   * Ends the watch and throws an AssertionError if a task starved others, or an allowed one did not.
   *
   * @throws {Error} when the watch itself has failed, so that nothing can be said.
   */
  done(): Promise<void>;
}

/**
 * Watches a pool through a test: `await using guard = expectNoStarvation(pool, { within: 50 })`, or `await guard.done()` at its
 * end. Works with every runner: it throws.
 */
export function expectNoStarvation(
  pool: object,
  { within, allow = [] }: StarvationLimits = {},
): StarvationWatch {
  const watch = Watch.current();
  const limits = within === undefined ? {} : { waitMs: within };
  const poolWatch: PoolWatch = watchPool(pool, limits);
  const incidents: Incident[] = [];
  const unlisten = watch.incidents.listen((kind, incident) => {
    if (kind === "over" && incident.pool === poolWatch.name) incidents.push(incident);
  });
  let ended = false;
  const done = async () => {
    if (ended) return;
    ended = true;
    poolWatch.stop();
    await watch.heard().finally(unlisten);
    const { starving, unused } = judge(incidents, allow);
    const [first] = starving;
    if (first !== undefined) {
      const more = starving.length > 1 ? ` (and ${starving.length - 1} more times)` : "";
      fail(`${libraryOf(pool)} pool \`${poolWatch.name}\` was starved: ${incidentLine(first)}${more}`);
    }
    if (unused.length > 0)
      fail(`allowed tasks starved nobody: ${unused.join(", ")}; remove them from the list`);
  };
  return { done, [Symbol.asyncDispose]: done };
}

function fail(message: string): never {
  throw new AssertionError({ message: printable(message), stackStartFn: fail });
}
