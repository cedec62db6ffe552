import type { Claim } from "../../ledger/claim.ts";
import { atLeast, atMost } from "../../ledger/judge.ts";
import { type BlameData, blameShare, sharedWords } from "./analysis.ts";

const experiment = "blame";
const inCell = (cell: string) => ({ notebook: "07-blame", cell: `blame-${cell}` });

/** What a host's data can say about who is blamed, and who should be. */
export const blameClaims: readonly Claim<BlameData>[] = [
  {
    id: "blame-errors-name-nobody",
    statement: "No error of a starved operation names what held the workers, in its message or in its stack.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because:
        "an error tells where somebody stopped waiting; the culprit runs on another thread and succeeds",
    },
    experiment,
    evidence: inCell("shares"),
    margin: "failures that name the culprit's task, function or file, at most 0.01",
    needs: "cause blocked-workers",
    judge: (data) => atMost(blameShare(data, "named", { cause: "blocked-workers" }), 0.01),
  },
  {
    id: "blame-same-words",
    statement:
      "Of a hundred errors, 99 or more are word for word those of a slow dependency, which has nothing to do with the workers.",
    source: "this study",
    expected: { verdict: "holds", because: "the same timers fire at the same places" },
    experiment,
    evidence: inCell("surfaces"),
    margin:
      "failures under blockers whose message and stack also occur under the slow dependency, at least 0.99",
    needs: "both causes",
    judge: (data) => atLeast(sharedWords(data), 0.99),
  },
  {
    id: "blame-records-accuse",
    statement: "Records of polls lay nine in ten or more failures of starved operations on the blockers.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "between two blocks a worker is free for a fraction of a millisecond only",
    },
    experiment,
    evidence: inCell("shares"),
    margin:
      "failures of whose time at least half went by while blockers, above all, held every worker: at least 0.9",
    needs: "cause blocked-workers",
    judge: (data) => atLeast(blameShare(data, "accused", { cause: "blocked-workers" }), 0.9),
  },
  {
    id: "blame-records-acquit",
    statement:
      "The same records lay at most one failure in twenty on the blockers when a slow dependency is the cause and one worker stays free.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "with a worker free no wait meets a pool that is held as a whole",
    },
    experiment,
    evidence: inCell("shares"),
    margin: "failures laid on the blockers, at most 0.05",
    needs: "cause slow-dependency, K = W − 1",
    judge: (data) => atMost(blameShare(data, "accused", { cause: "slow-dependency" }), 0.05),
  },
];
