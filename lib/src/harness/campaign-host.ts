import type { Experiment } from "../design/experiment.ts";
import { describeHost } from "../measure/host-description.ts";

/** Labels the host that a campaign's runs must all be from; undefined for what is simulated, which follows from its seeds. */
export function hostOf({ simulated }: Experiment): string | undefined {
  return simulated === true ? undefined : describeHost().label;
}
