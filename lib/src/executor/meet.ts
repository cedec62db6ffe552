/** Holds this thread until as many threads are here as the cell counted at first. */
export function meet(awaited: Int32Array): void {
  if (Atomics.sub(awaited, 0, 1) === 1) {
    Atomics.notify(awaited, 0);
    return;
  }
  for (let left = Atomics.load(awaited, 0); left > 0; left = Atomics.load(awaited, 0)) {
    Atomics.wait(awaited, 0, left, 10);
  }
}
