import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells, type Level } from "../cells.ts";

/** One attempt of one request, as the load generator and the server saw it. */
export interface ServedAttempt {
  readonly request: number;
  readonly attempt: number;
  readonly blocking: boolean;
  readonly completed: boolean;
  readonly beganUs: number;
  readonly latencyUs: number;
  /** How long it held a worker; null if it never did, or not to its end. */
  readonly heldUs: number | null;
  /** Answered 504 although its work had ended within the deadline. */
  readonly falseTimeout: boolean;
}

/** The runs of one combination of levels. */
export interface ServiceCell {
  readonly levels: Readonly<Record<string, Level>>;
  readonly runs: readonly (readonly ServedAttempt[])[];
}

/** Splits the samples of a service under load into cells of runs of attempts, in the order of the declared levels. */
export function serviceRuns(
  dataset: Dataset,
  by: readonly string[],
  where: Readonly<Record<string, Level | readonly Level[]>> = {},
): ServiceCell[] {
  const attempts = attemptsOfRuns(dataset);
  const found: Cell[] = cells(dataset, { value: "request", by, where });
  return found.map(({ levels, runs }) => ({
    levels,
    runs: runs.map((run) => attempts.get(run) ?? []),
  }));
}

function attemptsOfRuns({ samples }: Dataset): Map<number, ServedAttempt[]> {
  const column = (name: string) => samples.array(name) as ArrayLike<number | string | boolean | null>;
  const [run, request, attempt, blocking] = ["run", "request", "attempt", "blocking"].map(column);
  const [outcome, falseTimeout] = ["outcome", "falseTimeout"].map(column);
  const [beganUs, latencyUs, heldUs] = ["beganUs", "latencyUs", "heldUs"].map(column);
  const found = new Map<number, ServedAttempt[]>();
  for (let row = 0; row < samples.totalRows(); row++) {
    const id = Number(run?.[row]);
    const one: ServedAttempt = {
      request: Number(request?.[row]),
      attempt: Number(attempt?.[row]),
      blocking: Boolean(blocking?.[row]),
      completed: String(outcome?.[row]) === "completed",
      beganUs: Number(beganUs?.[row]),
      latencyUs: Number(latencyUs?.[row]),
      heldUs: (heldUs?.[row] ?? null) as number | null,
      falseTimeout: Boolean(falseTimeout?.[row]),
    };
    const ofRun = found.get(id);
    if (ofRun === undefined) found.set(id, [one]);
    else ofRun.push(one);
  }
  return found;
}
