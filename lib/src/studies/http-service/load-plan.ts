/** Connections that send when their last answer came, for a while: autocannon. */
export interface ClosedLoopPlan {
  readonly kind: "closed-loop";
  readonly connections: number;
  readonly loadMs: number;
  /** Whether the n-th request sent takes the blocking path; starts over at its end. */
  readonly blocking: readonly boolean[];
}

/** Requests at intended times, whether or not earlier ones were answered. */
export interface FixedRatePlan {
  readonly kind: "fixed-rate";
  /** Intended starts since the load began (ms), ascending. */
  readonly intendedMs: readonly number[];
  readonly blocking: readonly boolean[];
  /** How often a request that was not answered 200 is sent again, at once. */
  readonly retries: number;
}

export type LoadPlan = ClosedLoopPlan | FixedRatePlan;

/** One request as it went over the wire, timed by the load generator; times in µs. */
export interface Attempt {
  /** The number in its address: unique in a run. */
  readonly sent: number;
  /** The request it belongs to: retries share it. */
  readonly request: number;
  /** 0 for the first attempt. */
  readonly attempt: number;
  readonly blocking: boolean;
  /** Start since the load began: intended where there is an intention, else actual. */
  readonly beganUs: number;
  /** Actual − intended start; null without an intention. */
  readonly lateUs: number | null;
  /** Answer − start. */
  readonly latencyUs: number;
  /** Of the answer; null when the connection failed. */
  readonly status: number | null;
}

/** Addresses a request to the service, its number within. */
export function pathOf(sent: number, blocking: boolean): string {
  return `/${blocking ? "blocking" : "plain"}/${sent}`;
}
