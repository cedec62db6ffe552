import type { Manifest } from "../tables/manifest.ts";

/** One phrase about a data set: its hosts, runtimes and profiles, and the days on which it was measured. */
export function describeDataSet(manifests: readonly Manifest[]): string {
  const profiles = new Set(manifests.map(({ profile }) => profile));
  const days = manifests.map(({ date }) => date).sort();
  return [
    listed(
      manifests.map(({ host }) => `${host.cpuModel}, ${host.cores} ${host.cores === 1 ? "core" : "cores"}`),
    ),
    `Node.js ${listed(manifests.map(({ software }) => software.node))}`,
    `${listed(profiles)} ${profiles.size === 1 ? "profile" : "profiles"}`,
    [...new Set([days.at(0), days.at(-1)])].join(" to "),
  ].join("; ");
}

function listed(texts: Iterable<string>): string {
  return new Intl.ListFormat("en").format(new Set(texts));
}
