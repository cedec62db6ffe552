import { watchTasks } from "scheduling-safety-watch";
import { watched } from "scheduling-safety-watch/worker";

/** All in all fewer tasks than the watch has records for. */
const rounds = 60;
const tasksARound = 200;

/** Measures what a worker spends on stamping one task (ns): a handler that does nothing, marked less not marked. */
export function stampCost(): number {
  const tasks = watchTasks({ name: "stamps", workers: 1 });
  const handle = watched(() => undefined);
  const nothing = new Array<null>(tasksARound).fill(null);
  const handleAll = (messages: readonly unknown[]) => {
    for (const message of messages) handle(message);
  };
  const marked: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const envelopes = Array.from({ length: tasksARound }, () => tasks.mark("stamp", null));
    marked.push(timeOf(() => handleAll(envelopes)));
    bare.push(timeOf(() => handleAll(nothing)));
  }
  tasks.stop();
  return (median(marked) - median(bare)) / tasksARound;
}

function timeOf(act: () => void): number {
  const beganNs = now();
  act();
  return now() - beganNs;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] as number;
}

function now(): number {
  return Number(process.hrtime.bigint());
}
