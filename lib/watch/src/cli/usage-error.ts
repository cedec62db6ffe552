/** The command was called wrongly: a sentence and exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
