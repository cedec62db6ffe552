import { startProgram, type TaskSpec } from "../workload/programs.ts";
import type { Task } from "../workload/task.ts";

/** Starts the tasks in order and waits for them; tells when only background tasks are left. */
export async function runTaskGroup(
  specs: readonly TaskSpec[],
  taskFor: (index: number) => Task,
  onForegroundDone: () => void,
): Promise<void> {
  const foreground: Promise<void>[] = [];
  const all = specs.map((spec, index) => {
    const done = startProgram(taskFor(index), spec);
    if (spec.background !== true) foreground.push(done);
    return done;
  });
  await Promise.all([Promise.all(foreground).then(onForegroundDone), ...all]);
}
