/** What the reader has chosen, as it stands in the page's address. */
export interface PoolChoice {
  readonly blockers: number;
  readonly executor: "run-queue" | "pinned";
  readonly seed: number;
}

export const mostBlockers = 6;
const prefix = "#pool:";

/** Spells a choice for the address, as in `#pool:blockers=4,executor=run-queue,seed=1`. */
export function addressOf({ blockers, executor, seed }: PoolChoice): string {
  return `${prefix}blockers=${blockers},executor=${executor},seed=${seed}`;
}

/** Reads a choice from an address; null where it holds none, or one that cannot be played. */
export function choiceIn(hash: string): PoolChoice | null {
  if (!hash.startsWith(prefix)) return null;
  const parts = new Map(
    hash
      .slice(prefix.length)
      .split(",")
      .map((part): [string, string] => {
        const [name = "", value = ""] = part.split("=");
        return [name, value];
      }),
  );
  const blockers = wholeNumber(parts.get("blockers"), mostBlockers);
  const seed = wholeNumber(parts.get("seed"), 999_999);
  const executor = parts.get("executor");
  if (blockers === null || seed === null || (executor !== "run-queue" && executor !== "pinned")) return null;
  return { blockers, executor, seed };
}

function wholeNumber(text: string | undefined, most: number): number | null {
  if (text === undefined || !/^\d{1,6}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}
