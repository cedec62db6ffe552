/** Stands for the kill of a process: after so many renames, none is done. */
export const renames = { left: Number.POSITIVE_INFINITY };

/** Gives what `node:fs` is to a process that is killed so, for `vi.mock`. */
export async function dyingFileSystem(original: () => Promise<typeof import("node:fs")>) {
  const real = await original();
  return {
    ...real,
    renameSync: (from: string, to: string) => {
      if (renames.left-- <= 0) throw new Error("killed");
      real.renameSync(from, to);
    },
  };
}
