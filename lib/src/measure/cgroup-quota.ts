import { dirname, join } from "node:path";
import { readText } from "./read-text.ts";

const root = "/sys/fs/cgroup";

/**
 * Reads how many CPUs the control groups that this process lies in let it use: the least of the quotas on the way from its
 * own group to the root, in versions 1 and 2; null without a limit.
 *
 * @param read text of a system file, null where there is none
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files
 */
export function cgroupQuotaCpus(read: (path: string) => string | null = readText): number | null {
  const groups = (read("/proc/self/cgroup") ?? "").split("\n").map((line) => line.split(":"));
  const unified =
    groups
      .find(([id]) => id === "0")
      ?.slice(2)
      .join(":") ?? "/";
  const old = groups.find(([, names]) => names?.split(",").includes("cpu"));
  const quotas = [
    ...ancestors(unified).map((group) => read(join(root, group, "cpu.max"))?.split(" ")),
    // Mounted under the controllers' names, or under `cpu` alone.
    ...[old?.[1] ?? "cpu", "cpu"].flatMap((mount) =>
      ancestors(old?.slice(2).join(":") ?? "/").map((group) => [
        read(join(root, mount, group, "cpu.cfs_quota_us")),
        read(join(root, mount, group, "cpu.cfs_period_us")),
      ]),
    ),
  ];
  const limits = quotas
    .map((pair) => Number(pair?.[0] ?? Number.NaN) / Number(pair?.[1] ?? Number.NaN))
    .filter((cpus) => cpus > 0 && Number.isFinite(cpus));
  return limits.length === 0 ? null : Math.min(...limits);
}

/** Within a container the path may lead out of what is mounted; the root is looked at in any case. */
function ancestors(path: string): string[] {
  return path === "/" || !path.startsWith("/") ? ["/"] : [path, ...ancestors(dirname(path))];
}
