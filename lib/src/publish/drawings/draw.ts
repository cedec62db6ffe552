import { DataError } from "../../measure/study-error.ts";
import type { Picture } from "../article/ast.ts";
import type { Edition } from "../article/edition.ts";
import { guessMarkup } from "../explorable/guess-markup.ts";
import { poolData } from "../explorable/pool-data.ts";
import { convoy } from "./convoy.ts";
import { type Drawn, drawnHtml, drawnSvg } from "./drawn.ts";
import { explorableDrawing } from "./explorable-drawing.ts";
import { pollTimeline } from "./poll-timeline.ts";
import { pool } from "./pool.ts";
import { twoTimelines } from "./two-timelines.ts";

const drawings: ReadonlyMap<string, Drawn> = new Map([
  ["pool", pool],
  ["poll-timeline", pollTimeline],
  ["convoy", convoy],
]);
const explorable = "starve-a-pool";
const guessable = "two-timelines";

/** Draws what the text names. @throws DataError if there is no such drawing */
export async function draw(name: string, editions: readonly Edition[], place: string): Promise<Picture> {
  if (name === explorable) {
    const { html, drawn } = explorableDrawing(await poolData(editions));
    return picture(name, drawn, html, true);
  }
  if (name === guessable)
    return picture(name, twoTimelines, guessMarkup(twoTimelines, editions[0]?.values), false);
  const drawn = drawings.get(name);
  if (drawn === undefined) {
    throw new DataError(
      `${place}: drawing must be one of ${[...drawings.keys(), guessable, explorable].join(", ")}; got ${name}`,
    );
  }
  return picture(name, drawn, drawnHtml(drawn), false);
}

function picture(name: string, drawn: Drawn, html: string, wide: boolean): Picture {
  return { type: "picture", name, html, svg: drawnSvg(drawn), alt: drawn.alt, wide };
}
