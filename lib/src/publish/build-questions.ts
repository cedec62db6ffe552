import * as v from "valibot";
import type { Drawing } from "./render-svg.ts";

/** What tslab's executor is given for a cell; it takes the rest as it comes. */
const compiledCell = v.looseObject({
  declOutput: v.optional(v.string()),
  sideOutputs: v.optional(v.array(v.object({ path: v.string(), data: v.string() }))),
});
export type CompiledCell = v.InferOutput<typeof compiledCell>;

const cellQuestion = v.object({
  /** Which kernel asks: its process. */
  kernel: v.number(),
  folder: v.string(),
  /** What the cells before it declare, as tslab hands it on. */
  declarations: v.string(),
  code: v.string(),
});
export type CellQuestion = v.InferOutput<typeof cellQuestion>;

const sized = v.object({
  data: v.array(v.unknown()),
  layout: v.looseObject({ width: v.number(), height: v.number() }),
});
const figureQuestion = v.object({
  id: v.string(),
  drawing: v.custom<Drawing>((drawing) => v.is(sized, drawing), "a drawing with its size"),
});

/** What a kernel may ask the build that started it, and what it is answered. */
export const buildQuestions = {
  cell: { question: cellQuestion, answer: compiledCell },
  figure: { question: figureQuestion, answer: v.string() },
} as const;

export type BuildQuestions = typeof buildQuestions;
export type Question<Name extends keyof BuildQuestions> = v.InferOutput<BuildQuestions[Name]["question"]>;
export type Answer<Name extends keyof BuildQuestions> = v.InferOutput<BuildQuestions[Name]["answer"]>;
