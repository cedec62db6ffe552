import type { Claim } from "../../ledger/claim.ts";
import { atLeast, atMost } from "../../ledger/judge.ts";
import { type BlameData, blameShare, sharedWords } from "./analysis.ts";

const experiment = "blame";
const inCell = (cell: string) => ({ notebook: "07-blame", cell: `blame-${cell}` });

/** Designs of errors that could name the culprit, and are expected not to. */
const designs = [
  {
    id: "blame-throwing-blocker-names-nobody",
    errors: "throwing blocker",
    statement:
      "Where the blocking call itself ends in an error, at most one in a hundred errors of those it starved names it.",
    verdict: "holds",
    because: "its error goes to its own caller, who is another",
  },
  {
    id: "blame-async-stacks-name-nobody",
    errors: "async stacks",
    statement:
      "Of asynchronous stacks of a hundred frames, from where an operation began, at most one in a hundred names the culprit.",
    verdict: "holds",
    because: "they tell who waits for whom within one operation; the culprit is waited for by nobody there",
  },
  {
    id: "blame-context-names-nobody",
    errors: "context",
    statement:
      "Of the asynchronous contexts of starved operations at most one in a hundred names the culprit.",
    verdict: "holds",
    because: "a context goes along with the task that fails, and belongs to the victim",
  },
] as const;

/** What a host's data can say about who is blamed, and who should be. */
export const blameClaims: readonly Claim<BlameData>[] = [
  {
    id: "blame-errors-name-nobody",
    statement:
      "As libraries throw them, at most one in a hundred errors of starved operations, over the four mechanisms together, names what held the workers, in its message or in its stack.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because:
        "an error tells where somebody stopped waiting; the culprit runs on another thread and succeeds",
    },
    experiment,
    evidence: inCell("shares"),
    margin: "failures that name the culprit's task, function or file, at most 0.01",
    needs: "plain errors, cause blocked-workers",
    judge: (data) => atMost(blameShare(data, "named", { cause: "blocked-workers" }), 0.01),
  },
  ...designs.map(
    ({ id, errors, statement, verdict, because }): Claim<BlameData> => ({
      id,
      statement,
      source: "this study",
      expected: { verdict, because },
      experiment,
      evidence: inCell("designs"),
      margin: "failures that name the culprit's task, function or file, at most 0.01",
      needs: `errors: ${errors}, cause blocked-workers`,
      judge: (data) => atMost(blameShare(data, "named", { cause: "blocked-workers", errors }), 0.01),
    }),
  ),
  {
    id: "blame-cause-chain-names-culprit",
    statement:
      "Where blocking calls end in an error, an operation's error that has the pool's last error as its cause names the culprit.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a block ends every few milliseconds, and an operation fails after more than one",
    },
    experiment,
    evidence: inCell("designs"),
    margin: "failures that name the culprit's task, function or file, at least 0.9",
    needs: "errors: cause chain, cause blocked-workers",
    judge: (data) =>
      atLeast(blameShare(data, "named", { cause: "blocked-workers", errors: "cause chain" }), 0.9),
  },
  {
    id: "blame-cause-chain-spares-innocent",
    statement: "Such an error does not name the blockers when a slow dependency is the cause.",
    source: "this study",
    expected: {
      verdict: "fails",
      because: "the pool's last error says who failed last, not who held the workers",
    },
    experiment,
    evidence: inCell("designs"),
    margin: "failures that name the blockers' task, function or file, at most 0.05",
    needs: "errors: cause chain, cause slow-dependency, K = W − 1",
    judge: (data) =>
      atMost(blameShare(data, "named", { cause: "slow-dependency", errors: "cause chain" }), 0.05),
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
