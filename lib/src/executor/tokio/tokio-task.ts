interface RequestShape {
  readonly blockingShare: number;
  readonly blockMs: number;
  /** Whether a request that blocks does so before its timer starts, or under it. */
  readonly placement: "before-deadline" | "inside-deadline";
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly timeoutMs: number;
}

/** Programs of `lib/tokio/src/request.rs`: the counterparts of those of Node's pools, with what their tasks share left out. */
interface TokioPrograms {
  readonly probe: { readonly sleeps: number; readonly sleepMs: number; readonly phaseMs: number };
  readonly blocker: {
    /** Holds, one after the other; after the last comes the first again. */
    readonly blocksMs: readonly number[];
    /** Number of blocks; null: until the last foreground task has ended. */
    readonly blocks: number | null;
    /** Sleep between two blocks; null: a yield. */
    readonly restMs: number | null;
  };
  readonly client: {
    readonly shape: RequestShape;
    readonly client: number;
    readonly requests: number;
    readonly startMs: number;
  };
  readonly arrival: {
    readonly shape: RequestShape;
    readonly client: number;
    readonly round: number;
    readonly request: number;
    readonly intendedMs: number;
  };
  readonly lockUser: {
    readonly user: number;
    readonly rounds: number;
    /** Yields across which the lock is held; null: takes no lock. */
    readonly sectionYields: number | null;
    readonly sleeps: number;
    readonly sleepMs: number;
    readonly timeoutMs: number;
    readonly startMs: number;
  };
  readonly stream: { readonly stream: number; readonly messages: number; readonly periodMs: number };
  readonly coordinator: {
    readonly messages: number;
    readonly derived: readonly number[];
    readonly sendsWhileHolding: boolean;
    readonly enrichEvery: number;
  };
  readonly consumer: { readonly events: number; readonly consumeMs: number };
  readonly enrichment: { readonly count: number; readonly delayMs: number };
}

/** A task for Tokio, as it is told: plain data. */
export type TokioTask = {
  [Name in keyof TokioPrograms]: {
    readonly program: Name;
    readonly parameters: TokioPrograms[Name];
    /** Background tasks end with the last foreground task. */
    readonly background?: boolean;
    /** When it is spawned, since the run's origin, by a thread outside the workers (default 0). */
    readonly spawnMs?: number;
  };
}[keyof TokioPrograms];
