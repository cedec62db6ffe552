import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Incident } from "../incident/incident.ts";
import { nowNs } from "../memory/clock.ts";
import type { PoolMetrics } from "../metrics/pool-metrics.ts";
import type { TaskTimes } from "../watchdog/task-scanner.ts";
import { encodeRows } from "./encode-rows.ts";
import { removeEndedTraces, touchMs } from "./ended-traces.ts";
import { leaveNote, removeNote } from "./trace-note.ts";
import type { TraceFacts, TraceRow } from "./trace-schema.ts";

/** Rows of one table; a table is written again, whole, each time something is added to it. */
const rowsATable = 8192;
/** Incidents take no more than this part of the trace. */
const incidentShare = 1 / 16;

/** What a trace begins with. */
export interface TraceOptions {
  /** Most that it takes on disk, with the traces of ended processes beside it. */
  readonly mebibytes: number;
  /** Whether somebody will read the traces of ended processes, so that they stay however much they take. */
  readonly keepsEnded: boolean;
  readonly command: string;
  /** What its times count from (ns). */
  readonly originNs: number;
  readonly say: (line: string) => void;
}

/** A task that goes on, with its names. */
export interface OpenTask {
  readonly pool: string;
  readonly task: string;
  readonly worker: number;
  readonly times: TaskTimes;
}

/**
 * Keeps the latest polls in a ring of Arrow tables. Each appears whole or not at all, so that after `kill -9` at most the
 * last second is missing.
 *
 *     polls-000007.arrow  polls-000008.arrow  polls-000009.arrow     incidents.ndjson
 *     (oldest, goes next)                     (grows, written anew)  (a line each)
 */
export class TraceWriter {
  readonly #within: string;
  readonly #folder: string;
  readonly #bytesAtMost: number;
  readonly #keepsEnded: boolean;
  readonly #facts: Omit<TraceFacts, "pools" | "writtenNs" | "libuvWaitNs">;
  readonly #originNs: number;
  #rows: TraceRow[] = [];
  #number = 1;
  #changed = false;
  #isEmpty = true;
  #broken = false;
  #touchedMs = Date.now();

  private constructor(
    within: string,
    folder: string,
    { mebibytes, keepsEnded, command, originNs }: TraceOptions,
  ) {
    this.#within = within;
    this.#folder = folder;
    this.#bytesAtMost = mebibytes * 2 ** 20;
    this.#keepsEnded = keepsEnded;
    this.#originNs = originNs;
    this.#facts = {
      format: "scheduling-safety-watch",
      pid: process.pid,
      command,
      node: process.version,
      began: new Date().toISOString(),
    };
  }

  /** Makes this process's own folder within another; says why not and gives null where it cannot. */
  static open(within: string, options: TraceOptions): TraceWriter | null {
    const folder = join(within, `${process.pid}-${new Date().toISOString().replace(/[:.]/g, "")}`);
    try {
      // One level each: under /proc and its like, a recursive mkdir never comes back.
      if (!existsSync(within)) makeShared(within);
      mkdirSync(folder);
    } catch (error) {
      options.say(
        `trace cannot be written to ${folder}: ${(error as Error).message}; the watch goes on without it`,
      );
      return null;
    }
    const refusal = leaveNote(folder);
    if (refusal !== null) options.say(refusal);
    return new TraceWriter(within, folder, options);
  }

  /** Takes back the word that it is being written. */
  close(): void {
    removeNote(this.#folder);
  }

  /** Adds a task that is over. */
  add(pool: string, task: string, worker: number, times: TaskTimes): void {
    if (this.#broken) return;
    this.#rows.push(this.#row({ pool, task, worker, times }, times.startedNs === null ? 1 : 0));
    this.#changed = true;
  }

  /** Adds an incident that is over. */
  addIncident(incident: Incident): void {
    if (this.#broken) return;
    const file = join(this.#folder, "incidents.ndjson");
    const { beganNs, endedNs } = incident;
    const times = { beganNs: beganNs - this.#originNs, endedNs: endedNs && endedNs - this.#originNs };
    try {
      appendFileSync(file, `${JSON.stringify({ ...incident, ...times })}\n`);
      if (statSync(file).size > this.#bytesAtMost * incidentShare) {
        renameSync(file, join(this.#folder, "incidents-before.ndjson"));
      }
    } catch {
      // What hinders this hinders the next flush, which says so.
    }
  }

  /**
   * Writes down what has come, and the tasks that go on.
   *
   * @returns why the trace ends here, where it cannot be written
   */
  flush(open: readonly OpenTask[], pools: readonly PoolMetrics[], libuvWaitNs: number | null): string | null {
    const isFirst = this.#isEmpty && pools.length > 0;
    if (this.#broken) return null;
    if (!(this.#changed || isFirst || open.length > 0)) {
      this.#touch();
      return null;
    }
    try {
      let hasNewTable = this.#isEmpty;
      while (this.#rows.length >= rowsATable) {
        this.#write(this.#rows.splice(0, rowsATable), pools, libuvWaitNs);
        this.#number++;
        hasNewTable = true;
      }
      const goesOn = open.map((task) => this.#row(task, 2));
      this.#write([...this.#rows, ...goesOn], pools, libuvWaitNs);
      this.#changed = open.length > 0;
      this.#isEmpty = false;
      const roomBytes = this.#keepWithin();
      if (hasNewTable && !this.#keepsEnded) removeEndedTraces(this.#within, this.#folder, roomBytes);
      return null;
    } catch (error) {
      this.#broken = true;
      return `trace in ${this.#folder} ends here: ${(error as Error).message}; the watch goes on without it`;
    }
  }

  #write(rows: readonly TraceRow[], pools: readonly PoolMetrics[], libuvWaitNs: number | null): void {
    const file = join(this.#folder, `polls-${String(this.#number).padStart(6, "0")}.arrow`);
    const facts: TraceFacts = {
      ...this.#facts,
      writtenNs: nowNs() - this.#originNs,
      libuvWaitNs,
      pools: pools.map(({ pool, workers, tasks, unseen, loads }) => ({
        pool,
        workers,
        tasks,
        unseen,
        loads,
      })),
    };
    try {
      writeFileSync(`${file}.part`, encodeRows(rows, facts));
      renameSync(`${file}.part`, file);
      this.#touchedMs = Date.now();
    } catch (error) {
      rmSync(`${file}.part`, { force: true });
      throw error;
    }
  }

  /** Shows others who share the folder that this process lives though it has nothing to write. */
  #touch(): void {
    const now = Date.now();
    if (now - this.#touchedMs < touchMs) return;
    this.#touchedMs = now;
    try {
      utimesSync(this.#folder, now / 1000, now / 1000);
    } catch {
      // What hinders this hinders the next table, which says so.
    }
  }

  /** Removes the oldest tables that there is no room for; gives the room that is left (bytes). */
  #keepWithin(): number {
    const tables = readdirSync(this.#folder)
      .filter((name) => name.endsWith(".arrow"))
      .sort();
    const sizes = tables.map((name) => statSync(join(this.#folder, name)).size);
    let bytes = sizes.reduce((sum, size) => sum + size, 0);
    const room = this.#bytesAtMost * (1 - 2 * incidentShare);
    for (let at = 0; bytes > room && at < tables.length - 1; at++) {
      rmSync(join(this.#folder, tables[at] as string));
      bytes -= sizes[at] as number;
    }
    return room - bytes;
  }

  #row({ pool, task, worker, times }: OpenTask, tag: number): TraceRow {
    const since = (ns: number | null) => (ns === null ? null : ns - this.#originNs);
    return {
      pool,
      task,
      tag,
      worker,
      dueNs: times.submittedNs - this.#originNs,
      enqueuedNs: times.submittedNs - this.#originNs,
      startedNs: since(times.startedNs),
      endedNs: since(times.endedNs),
      settledNs: since(times.settledNs),
    };
  }
}

/** Makes a folder which another process that starts at the same time may make first. */
function makeShared(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
