import type { Claim } from "../../src/ledger/claim.ts";
import { atLeast, within } from "../../src/ledger/judge.ts";
import { factorOf } from "../../src/summary/estimate.ts";
import { delaysWhere, type TemplateStudyData } from "./analysis.ts";

const experiment = "template-study";
const evidence = { notebook: "template-study", cell: "template-study-waits" };

/** What a host's data can contradict. Scale-free: a ratio to the control, never raw milliseconds. */
export const templateStudyClaims: readonly Claim<TemplateStudyData>[] = [
  {
    id: "template-study-all-held",
    statement: "Where other tasks hold every worker, a task waits for one of them to end.",
    source: "this study",
    expected: { verdict: "holds", because: "no worker is free until a task of 40 ms has ended" },
    experiment,
    evidence,
    margin: "p95 of the delay with all workers held over none held, at least 5",
    needs: "none and all held, several runs each",
    judge: (data) => atLeast(factorOf(delaysWhere(data, "all"), delaysWhere(data, "none"), 0.95), 5),
  },
  {
    id: "template-study-one-free",
    statement: "As long as one worker is free, a task begins as if nothing were held.",
    source: "this study",
    expected: { verdict: "holds", because: "probes are rare and short, so that one worker carries them all" },
    experiment,
    evidence,
    margin: "median of the delay with one of two workers held over none held, from 0.5 to 2",
    needs: "none and one held, several runs each",
    judge: (data) => within(factorOf(delaysWhere(data, "one"), delaysWhere(data, "none"), 0.5), 0.5, 2),
  },
];
