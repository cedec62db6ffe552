import type { Dataset } from "../tables/load.ts";
import type { Judgement } from "./judge.ts";

/** A statement about executors that a host's own data can contradict. Scale-free: never raw milliseconds. */
export interface Claim<D extends Dataset = Dataset> {
  /** Kebab-case, unique in the ledger. */
  readonly id: string;
  /** One sentence that is true or false. */
  readonly statement: string;
  /** Who says so: this study, or the published study of Tokio, tested on Node. */
  readonly source: "this study" | "tokio";
  /** What we expected before the data were taken, and why. */
  readonly expected: { readonly verdict: "holds" | "fails"; readonly because: string };
  /** Experiment whose tables decide. */
  readonly experiment: string;
  /** Where the evidence is shown: a notebook, such as "01-scheduling-delay" (its number may change), and a cell's id. */
  readonly evidence: { readonly notebook: string; readonly cell: string };
  /** The predicate in words, with its margin: "p99 at K = W over p99 at K = W − 1, at least 10". */
  readonly margin: string;
  /** The part of the design it needs, in words. */
  readonly needs: string;
  /**
   * Judges the claim by its experiment's data on one host. Data too sparse for it, such as those of a smaller profile,
   * are not testable rather than an error.
   */
  judge(data: D): Judgement;
}
