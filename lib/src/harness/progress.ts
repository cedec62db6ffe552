/** Where a campaign stands, before each of its runs. */
export interface Standing {
  readonly done: number;
  /** Runs done and still needed; falls as scenarios become known well enough. */
  readonly total: number;
  readonly leftMs: number;
  /** The scenario that comes next. */
  readonly scenario: string;
}

/** Tells a person how a campaign goes. Called only between runs, so that telling disturbs no measurement. */
export interface Progress {
  begin(experiment: string, kept: number, total: number): void;
  next(standing: Standing): void;
  /** Tells of something that needs attention. */
  warn(text: string): void;
  /** Clears the display, and says how it ended. */
  end(text?: string): void;
}
