import { DataError } from "../../measure/study-error.ts";
import type { Picture } from "../article/ast.ts";
import type { Edition } from "../article/edition.ts";
import { cliffData } from "../explorable/cliff/cliff-data.ts";
import { cliffMarkup, cliffViews } from "../explorable/cliff/cliff-markup.ts";
import { convoyData } from "../explorable/convoy/convoy-data.ts";
import { convoyMarkup, convoyViews } from "../explorable/convoy/convoy-markup.ts";
import { cureData } from "../explorable/cure/cure-data.ts";
import { cureMarkup, cureViews } from "../explorable/cure/cure-markup.ts";
import type { ExplorableView } from "../explorable/explorable-markup.ts";
import { guessMarkup } from "../explorable/guess/guess-markup.ts";
import { medianData } from "../explorable/median/median-data.ts";
import { medianMarkup, medianView } from "../explorable/median/median-markup.ts";
import { convoy } from "./convoy.ts";
import { type Drawn, drawnHtml, drawnSvg } from "./drawn.ts";
import { pollTimeline } from "./poll-timeline.ts";
import { pool } from "./pool.ts";
import { twoTimelines } from "./two-timelines.ts";

/** A drawing, and what the page shows in its place. */
interface Made {
  readonly drawn: Drawn;
  readonly html: string;
  readonly wide: boolean;
}
type Make = (editions: readonly Edition[]) => Made | Promise<Made>;

/** Between the pictures of an explorable on paper. */
const explorableGap = 24;

const drawings: ReadonlyMap<string, Make> = new Map<string, Make>([
  ["pool", () => diagram(pool)],
  ["poll-timeline", () => diagram(pollTimeline)],
  ["convoy", () => diagram(convoy)],
  [
    "two-timelines",
    ([reference]) => ({
      drawn: twoTimelines,
      html: guessMarkup(twoTimelines, reference?.values),
      wide: false,
    }),
  ],
  [
    "starve-a-pool",
    async (editions) => {
      const data = await cliffData(editions);
      return { drawn: explorableDrawing(cliffViews(data)), html: cliffMarkup(data), wide: true };
    },
  ],
  [
    "blind-median",
    async (editions) => {
      const data = await medianData(editions);
      return { drawn: explorableDrawing([medianView(data)]), html: medianMarkup(data), wide: false };
    },
  ],
  [
    "form-a-convoy",
    async (editions) => {
      const data = await convoyData(editions);
      return { drawn: explorableDrawing(convoyViews(data)), html: convoyMarkup(data), wide: true };
    },
  ],
  [
    "cure-a-pool",
    async (editions) => {
      const data = await cureData(editions);
      return { drawn: explorableDrawing(cureViews(data)), html: cureMarkup(data), wide: true };
    },
  ],
]);

/** Draws what the text names. @throws DataError if there is no such drawing */
export async function draw(name: string, editions: readonly Edition[], place: string): Promise<Picture> {
  const make = drawings.get(name);
  if (make === undefined) {
    throw new DataError(`${place}: drawing must be one of ${[...drawings.keys()].join(", ")}; got ${name}`);
  }
  const { drawn, html, wide } = await make(editions);
  return { type: "picture", name, html, svg: drawnSvg(drawn), alt: drawn.alt, wide };
}

function diagram(drawn: Drawn): Made {
  return { drawn, html: drawnHtml(drawn), wide: false };
}

/** Draws the still of an explorable, which stands for it on paper: its pictures side by side. */
function explorableDrawing(views: readonly ExplorableView[]): Drawn {
  const widths = views.map(({ width }) => width);
  const left = (i: number) => widths.slice(0, i).reduce((sum, width) => sum + width + explorableGap, 0);
  return {
    width: left(views.length) - explorableGap,
    height: Math.max(...views.map(({ height }) => height)),
    alt: views.map(({ alt }) => alt).join(" "),
    inside: views.map(({ inside }, i) => `<g transform="translate(${left(i)} 0)">${inside}</g>`).join(""),
  };
}
