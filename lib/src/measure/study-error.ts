/** A mistake in what the user asked for: unknown name, impossible value, missing tool. The CLI exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A mistake in what lies on disk: missing, truncated, altered or foreign data. The CLI exits with 1. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/**
 * Something the measurement needs that this host does not have, such as a server's binary for its platform: the run is
 * recorded as not testable here, with the reason, and everything else goes on.
 */
export class NotTestableError extends Error {
  override readonly name = "NotTestableError";
}

/** An instrument of a run failed, such as its load generator: the run is recorded invalid with this reason. */
export class InstrumentError extends Error {
  override readonly name = "InstrumentError";
}

/** Everything went as asked, and there is no valid run to say anything from. The CLI exits with 3. */
export class NoEvidenceError extends Error {
  override readonly name = "NoEvidenceError";
}
