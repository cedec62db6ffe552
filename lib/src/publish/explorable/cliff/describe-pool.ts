import type { PoolChoice } from "./choice.ts";

const numerals = ["No", "One", "Two", "Three", "Four", "Five", "Six"];

/** Says in a sentence or two what a choice shows. */
export function describePool({ blockers, executor }: PoolChoice, workers: number): string {
  const many = numerals[blockers] ?? String(blockers);
  const tasks = blockers === 1 ? "task blocks" : "tasks block";
  if (blockers === 0) return "No task blocks. A worker is always free.";
  if (executor === "pinned") {
    return `${many} ${tasks}. Whoever lives on the same worker waits, however many others are free.`;
  }
  if (blockers < workers) {
    return `${many} ${tasks}. A free worker serves everybody, and hardly anyone waits.`;
  }
  if (blockers === workers) {
    return `${many} ${tasks}: every worker is held. Whoever is due now waits until a block ends.`;
  }
  return `${many} ${tasks}, more than there are workers. The blocks queue as well, and with two more than workers the median is late too.`;
}
