import type { Pool, RunOptions } from "./pool-kinds.ts";

interface PoolClass {
  readonly transferableSymbol?: symbol;
  readonly valueSymbol?: symbol;
  readonly queueOptionsSymbol?: symbol;
}

/**
 * Takes apart what a pool reads from the task itself, so that it still works within an envelope: `move()` marks what is to
 * be transferred, and queues of one's own read options from a symbol.
 */
export function takeApart(
  pool: Pool,
  task: unknown,
  options: RunOptions,
): { readonly envelope: { readonly task: unknown }; readonly options: Pick<RunOptions, "transferList"> } {
  if (typeof task !== "object" || task === null) return { envelope: { task }, options: {} };
  const { transferableSymbol, valueSymbol, queueOptionsSymbol } = pool.constructor as PoolClass;
  const properties = task as Record<symbol, unknown>;
  const queue =
    queueOptionsSymbol !== undefined && queueOptionsSymbol in task
      ? { [queueOptionsSymbol]: properties[queueOptionsSymbol] }
      : {};
  const isMoved = Object.getOwnPropertySymbols(task).some(
    (symbol) => symbol.description?.endsWith("kMovable") && properties[symbol] === true,
  );
  if (!isMoved || transferableSymbol === undefined || valueSymbol === undefined) {
    return { envelope: { task, ...queue }, options: {} };
  }
  return {
    envelope: { task: properties[valueSymbol], ...queue },
    options: { transferList: [...(options.transferList ?? []), properties[transferableSymbol]].flat() },
  };
}
