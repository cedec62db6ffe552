/** Spells what a reader has chosen for the page's address, as in `#pool:blockers=4,seed=1`. */
export function spelt(name: string, parts: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(parts).map(([part, value]) => `${part}=${value}`);
  return `#${name}:${pairs.join(",")}`;
}

/** Reads the parts of such an address; none where it is about something else. */
export function partsOf(name: string, hash: string): ReadonlyMap<string, string> {
  const prefix = `#${name}:`;
  if (!hash.startsWith(prefix)) return new Map();
  return new Map(
    hash
      .slice(prefix.length)
      .split(",")
      .map((part): [string, string] => {
        const [key = "", value = ""] = part.split("=");
        return [key, value];
      }),
  );
}

/** Reads a whole number from 0 to the most that can be played; null where there is none. */
export function wholeNumber(text: string | undefined, most: number): number | null {
  if (text === undefined || !/^\d{1,6}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}

/** Whether a text is one of those that can be chosen. */
export function isOneOf<T extends string>(choices: readonly T[], text: string | undefined): text is T {
  return (choices as readonly (string | undefined)[]).includes(text);
}
