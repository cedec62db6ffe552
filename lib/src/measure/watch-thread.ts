import { monitorEventLoopDelay, performance } from "node:perf_hooks";

/** What Node's own instruments say of one thread over a stretch of time. */
export interface ThreadReading {
  readonly wallNs: number;
  /** CPU time of the thread, user and system; the kernel counts it in steps of up to 4 ms. */
  readonly cpuNs: number;
  /** Event-loop utilisation: share of the time in which the loop was not waiting for events. */
  readonly utilization: number;
  /**
   * `monitorEventLoopDelay` at its default resolution: times between two firings of its 10 ms timer. Null where the timer
   * never fired.
   */
  readonly loopDelay: { readonly count: number; readonly meanNs: number; readonly p99Ns: number } | null;
}

/** Period of the timer behind `monitorEventLoopDelay`, which its readings contain (ns). */
export const loopDelayPeriodNs = 10e6;

/** Starts Node's instruments on this thread; the returned function stops and reads them. */
export function watchThread(): () => ThreadReading {
  const loopDelay = monitorEventLoopDelay({ resolution: loopDelayPeriodNs / 1e6 });
  loopDelay.enable();
  const utilization = performance.eventLoopUtilization();
  const cpu = process.threadCpuUsage();
  const startedNs = process.hrtime.bigint();
  return () => {
    const wallNs = Number(process.hrtime.bigint() - startedNs);
    const { user, system } = process.threadCpuUsage(cpu);
    loopDelay.disable();
    const { count, mean } = loopDelay;
    return {
      wallNs,
      cpuNs: (user + system) * 1000,
      utilization: performance.eventLoopUtilization(utilization).utilization,
      loopDelay: count === 0 ? null : { count, meanNs: mean, p99Ns: loopDelay.percentile(99) },
    };
  };
}
