import { setTimeout } from "node:timers/promises";
import type { Worker } from "node:worker_threads";

/** A worker as the pool has it; only newer runtimes can take its profile. */
export interface ProfiledWorker {
  readonly threadId: number;
  readonly startCpuProfile?: Worker["startCpuProfile"];
}

interface Profiling {
  stop(): Promise<string>;
}

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
}

/** How long to look at a thread, and to wait for it to let itself be looked at (ms). */
const lookMs = 20;
const patienceMs = 500;

/** Finds where a held worker is, from a short profile; says why not where it cannot be had. */
export async function findWorkerStack(
  worker: ProfiledWorker | undefined,
): Promise<{ stack: string | null; noStack: string | null }> {
  if (worker === undefined) return none("the worker is not known");
  if (worker.startCpuProfile === undefined) return none("it takes Node.js ≥ 24.8");
  try {
    const starting = startProfile(
      worker.startCpuProfile.bind(worker) as (...name: string[]) => Promise<Profiling>,
    );
    const handle = await inTime(starting);
    if (handle === null) {
      // It starts once the call returns, and would go on for the rest of the worker's life.
      void starting.then((late) => late.stop()).catch(() => undefined);
      return none("the worker did not answer, as in a native call");
    }
    await setTimeout(lookMs, undefined, { ref: false });
    const text = await inTime(handle.stop());
    if (text === null) return none("the worker did not answer, as in a native call");
    const profile: Profile = JSON.parse(text);
    const stack = innermostFrames(profile);
    return stack === null ? none("no code of the task was running") : { stack, noStack: null };
  } catch (error) {
    return none((error as Error).message);
  }
}

/** The first runtimes that have it want a name, later ones refuse it. */
function startProfile(start: (...name: string[]) => Promise<Profiling>): Promise<Profiling> {
  try {
    return start();
  } catch {
    return start("watch");
  }
}

/** Gives the frames of a profile's most frequent place, innermost first, one a line. */
export function innermostFrames({ nodes, samples }: Profile): string | null {
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stackOf = (sample: number): string => {
    const frames: string[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const frame = byId.get(id)?.callFrame;
      if (frame && isOfTheTask(frame.url)) frames.push(frameText(frame));
    }
    return frames.join("\n");
  };
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const stack = stackOf(sample);
    if (stack !== "") counts.set(stack, (counts.get(stack) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Frames of the runtime, of this package and of pools say nothing about the task. */
function isOfTheTask(url: string): boolean {
  return (
    url !== "" &&
    !url.startsWith("node:") &&
    !/(piscina|tinypool)\/dist\/|\/worker\/(pool-task|stamp)\.[jt]s$/.test(url)
  );
}

function frameText({ functionName, url, lineNumber }: Node["callFrame"]): string {
  return `${functionName || "(anonymous)"} (${url.split("/").at(-1)}:${lineNumber + 1})`;
}

function none(noStack: string): { stack: null; noStack: string } {
  return { stack: null, noStack };
}

async function inTime<Value>(promise: Promise<Value>): Promise<Value | null> {
  return Promise.race([promise, setTimeout(patienceMs, null, { ref: false })]);
}
