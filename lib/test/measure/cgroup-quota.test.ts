import { expect, test } from "vitest";
import { cgroupQuotaCpus } from "../../src/measure/cgroup-quota.ts";

const group = "/sys/fs/cgroup";

test.each<[string, Record<string, string>, number | null]>([
  ["no control groups", {}, null],
  ["version 2 without a limit", { "/proc/self/cgroup": "0::/", [`${group}/cpu.max`]: "max 100000" }, null],
  [
    "version 2, half a CPU in a nested group",
    { "/proc/self/cgroup": "0::/a/b", [`${group}/a/b/cpu.max`]: "50000 100000" },
    0.5,
  ],
  [
    "version 2, the least of all groups above",
    {
      "/proc/self/cgroup": "0::/a/b",
      [`${group}/cpu.max`]: "max 100000",
      [`${group}/a/cpu.max`]: "150000 100000",
      [`${group}/a/b/cpu.max`]: "200000 100000",
    },
    1.5,
  ],
  [
    "version 1, a nested group",
    {
      "/proc/self/cgroup": "5:memory:/m\n4:cpu,cpuacct:/docker/x\n0::/",
      [`${group}/cpu,cpuacct/docker/x/cpu.cfs_quota_us`]: "25000",
      [`${group}/cpu,cpuacct/docker/x/cpu.cfs_period_us`]: "100000",
      [`${group}/cpu,cpuacct/cpu.cfs_quota_us`]: "-1",
      [`${group}/cpu,cpuacct/cpu.cfs_period_us`]: "100000",
    },
    0.25,
  ],
  [
    "version 1 within a container, whose path leads out of what is mounted",
    {
      "/proc/self/cgroup": "4:cpu,cpuacct:/docker/x",
      [`${group}/cpu/cpu.cfs_quota_us`]: "50000",
      [`${group}/cpu/cpu.cfs_period_us`]: "100000",
    },
    0.5,
  ],
])("%s", (_, files, cpus) => {
  expect(cgroupQuotaCpus((path) => files[path] ?? null)).toBe(cpus);
});
