import type { Pool } from "./pool-kinds.ts";

interface PoolClass {
  readonly transferableSymbol?: symbol;
  readonly valueSymbol?: symbol;
  readonly queueOptionsSymbol?: symbol;
}

/**
 * Lets work within an envelope what a pool reads from the task itself: `move()` marks what is to be transferred, and queues
 * of one's own read options from a symbol.
 *
 * @param envelope already has the task; gets what was moved in its place, and the queue's options
 * @returns what is to be transferred; null where nothing is
 */
export function takeApart(pool: Pool, task: unknown, envelope: { task: unknown }): readonly unknown[] | null {
  if (typeof task !== "object" || task === null) return null;
  const { transferableSymbol, valueSymbol, queueOptionsSymbol } = pool.constructor as PoolClass;
  const properties = task as Record<symbol, unknown>;
  if (queueOptionsSymbol !== undefined && queueOptionsSymbol in task) {
    Object.assign(envelope, { [queueOptionsSymbol]: properties[queueOptionsSymbol] });
  }
  if (transferableSymbol === undefined || valueSymbol === undefined || !(transferableSymbol in task))
    return null;
  const isMoved = Object.getOwnPropertySymbols(task).some(
    (symbol) => symbol.description?.endsWith("kMovable") && properties[symbol] === true,
  );
  if (!isMoved) return null;
  envelope.task = properties[valueSymbol];
  return [properties[transferableSymbol]].flat();
}
