import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { cgroupQuotaCpus } from "./cgroup-quota.ts";
import { readText } from "./read-text.ts";

/** What kind of machine a campaign ran on, without saying whose. */
export interface HostDescription {
  /** Such as "intel-xeon-2-cores". */
  readonly label: string;
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly arch: string;
  /** Release of the operating system's kernel. */
  readonly kernel: string;
  /** Source of the kernel's clock, such as "tsc"; null where the system does not say. */
  readonly clockSource: string | null;
  /** CPU frequency governor; null where the system does not say. */
  readonly governor: string | null;
  /** CPUs that a control group lets this process use; null without a limit. */
  readonly cgroupQuotaCpus: number | null;
  /** Whether the machine is virtual; null where the system does not say. */
  readonly virtualised: boolean | null;
}

/**
 * Describes this machine.
 *
 * @param processors what the system tells of its CPUs: nothing in some containers
 */
export function describeHost(processors: readonly { readonly model: string }[] = cpus()): HostDescription {
  const cores = availableParallelism();
  const cpuModel = processors[0]?.model.trim() || "unknown";
  return {
    label: hostLabel(cpuModel, cores),
    cpuModel,
    cores,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: platform(),
    arch: arch(),
    kernel: release(),
    clockSource: readText("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
    governor: readText("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
    cgroupQuotaCpus: cgroupQuotaCpus(),
    virtualised: virtualised(),
  };
}

/** Shortens a CPU model to what tells hosts apart in a folder name: maker, family, number of cores. */
export function hostLabel(cpuModel: string, cores: number): string {
  const family = cpuModel
    .toLowerCase()
    .replace(/@.*$/, "")
    .replace(/\((r|tm)\)|\bcpu\b|\bprocessor\b|\b\d+-core\b/g, " ")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${family || "unknown"}-${cores}-${cores === 1 ? "core" : "cores"}`;
}

function virtualised(): boolean | null {
  const flags = readText("/proc/cpuinfo")?.match(/^flags\s*:.*$/m)?.[0];
  return flags === undefined ? null : flags.includes(" hypervisor");
}
