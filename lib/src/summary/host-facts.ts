import type { Dataset } from "../tables/load.ts";

/** One thing that a reader needs to know of a host or a campaign. */
export interface HostFact {
  readonly fact: string;
  readonly value: string;
}

/** Lists what a reader needs to know of the host and the campaign, one fact a row. */
export function hostFacts({ manifest }: Dataset): HostFact[] {
  const { host, software, runs, parameters } = manifest;
  const invalid = Object.entries(runs.invalid).map(([rule, count]) => `${rule}: ${count}`);
  const facts: readonly (readonly [string, string])[] = [
    ["Processor", host.cpuModel],
    ["Cores", `${host.cores}${host.virtualised ? " (virtual machine)" : ""}`],
    ["Memory", `${host.memoryGiB} GiB`],
    ["Kernel", `${host.platform} ${host.kernel}, ${host.arch}`],
    ["Clock source", host.clockSource ?? "not told"],
    ["Frequency governor", host.governor ?? "not told"],
    ["Runtime", `Node ${software.node} (${software.runtime})`],
    ["Profile", manifest.profile],
    ["Measured on", manifest.date],
    [
      "Design",
      parameters.parts
        .map(({ name, scenarios, replicates }) => `${name} ${scenarios} × ${replicates}`)
        .join(", "),
    ],
    ["Runs", `${runs.valid} valid of ${runs.planned}`],
    ["Rules broken", invalid.length === 0 ? "none" : invalid.join(", ")],
  ];
  return facts.map(([fact, value]) => ({ fact, value }));
}
