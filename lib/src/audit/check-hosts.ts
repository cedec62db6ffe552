import type { HostDescription } from "../measure/host-description.ts";
import type { Manifest } from "../tables/manifest.ts";

/**
 * Checks that the experiments of one data set were measured on one host, as far as manifests tell hosts apart.
 *
 * @param manifests those of experiments whose results depend on the host
 * @returns one message an experiment that was measured elsewhere than the first
 */
export function checkHosts(manifests: readonly Manifest[]): string[] {
  const [first, ...others] = manifests;
  if (first === undefined) return [];
  return others
    .filter(({ host }) => nameOf(host) !== nameOf(first.host))
    .map(
      ({ experiment, host }) =>
        `${experiment} was measured on ${nameOf(host)}, ${first.experiment} on ${nameOf(first.host)}; keep a data set for each host`,
    );
}

/** A kernel is replaced and memory counted anew between campaigns; the processor and its cores stay. */
function nameOf({ label, platform, arch }: HostDescription): string {
  return `${label} (${platform}, ${arch})`;
}
