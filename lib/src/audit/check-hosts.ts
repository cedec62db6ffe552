import type { HostDescription } from "../measure/host-description.ts";
import { type BenchResults, benchFolder } from "../tables/bench-results.ts";
import type { Manifest } from "../tables/manifest.ts";

/**
 * Checks that the experiments of one data set were measured on one host, as far as manifests tell hosts apart.
 *
 * @param manifests those of experiments whose results depend on the host
 * @param bench what the bench measured beside them; null without
 * @returns one message for each that was measured elsewhere than the first experiment
 */
export function checkHosts(
  manifests: readonly Manifest[],
  bench: Pick<BenchResults, "host"> | null,
): string[] {
  const [first, ...others] = manifests;
  if (first === undefined) return [];
  const elsewhere = (what: string, host: string, firstHost: string) =>
    host === firstHost
      ? []
      : [
          `${what} was measured on ${host}, ${first.experiment} on ${firstHost}; keep a data set for each host`,
        ];
  return [
    ...others.flatMap(({ experiment, host }) => elsewhere(experiment, nameOf(host), nameOf(first.host))),
    ...(bench ? elsewhere(benchFolder, bench.host, first.host.label) : []),
  ];
}

/** A kernel is replaced and memory counted anew between campaigns; the processor and its cores stay. */
function nameOf({ label, platform, arch }: HostDescription): string {
  return `${label} (${platform}, ${arch})`;
}
