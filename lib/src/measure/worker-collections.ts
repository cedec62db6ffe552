import { getEnvironmentData, setEnvironmentData, type Worker } from "node:worker_threads";
import { type Collections, observeCollections } from "./collections.ts";

/** Under this name every thread of the process finds the cells that all of them add up in. */
const name = "scheduling-safety:collections";

/** Positions of the cells. */
const cell = { told: 0, count: 1, totalNs: 2, longestNs: 3, majorNs: 4 } as const;

/**
 * Gives the worker threads that this thread starts from now on a place to tell of their garbage collections; the returned
 * function sums up what they told. Null without such threads, and where one of them did not tell: it never came to the
 * end of its work, or belongs to a pool that does not ask its workers.
 */
export function gatherCollections(): () => Collections | null {
  const cells = new BigInt64Array(new SharedArrayBuffer(8 * Object.keys(cell).length));
  const started = new Set<Worker>();
  const onWorker = (worker: Worker): void => {
    started.add(worker);
  };
  setEnvironmentData(name, cells);
  process.on("worker", onWorker);
  return () => {
    process.off("worker", onWorker);
    setEnvironmentData(name, undefined);
    const read = (position: number): number => Number(Atomics.load(cells, position));
    if (started.size === 0 || read(cell.told) !== started.size) return null;
    return {
      count: read(cell.count),
      totalNs: read(cell.totalNs),
      longestNs: read(cell.longestNs),
      majorNs: read(cell.majorNs),
    };
  };
}

/** Observes this worker thread's garbage collections; the returned function tells what it saw to whoever gathers. */
export function watchOwnCollections(): () => Promise<void> {
  const cells = getEnvironmentData(name);
  if (!(cells instanceof BigInt64Array)) return () => Promise.resolve();
  const read = observeCollections();
  return async () => {
    const { count, totalNs, longestNs, majorNs } = await read();
    Atomics.add(cells, cell.count, BigInt(count));
    Atomics.add(cells, cell.totalNs, BigInt(totalNs));
    Atomics.add(cells, cell.majorNs, BigInt(majorNs));
    raise(cells, cell.longestNs, BigInt(longestNs));
    Atomics.add(cells, cell.told, 1n);
  };
}

/** Lifts a cell to a value, unless it is higher; other threads may do the same. */
function raise(cells: BigInt64Array, position: number, value: bigint): void {
  for (let seen = Atomics.load(cells, position); seen < value; ) {
    const found = Atomics.compareExchange(cells, position, seen, value);
    if (found === seen) return;
    seen = found;
  }
}
