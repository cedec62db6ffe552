import { type Edition, readFigure } from "../article/edition.ts";
import { measuredDelays, measuredFigure } from "./measured-delays.ts";
import type { PoolData } from "./question.ts";

/** The pool that the reader starves, and that was measured. */
const workers = 4;

/** Takes the measured points of every edition from the figure that shows them. @throws DataError if it lacks them */
export async function poolData(editions: readonly Edition[]): Promise<PoolData> {
  const measured = await Promise.all(
    editions.map(async (edition) => {
      const { json } = await readFigure(edition, measuredFigure);
      const { name } = edition.source;
      return [
        { name, delays: measuredDelays(json, "run-queue") },
        { name, delays: measuredDelays(json, "pinned") },
      ] as const;
    }),
  );
  return {
    workers,
    measured: {
      "run-queue": measured.map(([shared]) => shared),
      pinned: measured.map(([, pinned]) => pinned),
    },
  };
}
