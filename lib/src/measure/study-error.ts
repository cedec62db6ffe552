/** A mistake in what the user asked for: unknown name, impossible value, missing tool. The CLI exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A mistake in what lies on disk: missing, truncated, altered or foreign data. The CLI exits with 1. */
export class DataError extends Error {
  override readonly name = "DataError";
}
