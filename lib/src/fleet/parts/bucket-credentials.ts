import { UsageError } from "../../measure/study-error.ts";

/** What a bucket asks of who reads and writes in it. */
export interface BucketCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Finds credentials under the names that all tools for such buckets use, and nowhere else: arguments are for everybody on the
 * machine to read, and the database is for every host.
 *
 * @throws {UsageError} naming the variables that are missing.
 */
export function findCredentials(env: NodeJS.ProcessEnv = process.env): BucketCredentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey) {
    const missing = [
      ...(accessKeyId ? [] : ["AWS_ACCESS_KEY_ID"]),
      ...(secretAccessKey ? [] : ["AWS_SECRET_ACCESS_KEY"]),
    ];
    throw new UsageError(
      `credentials of the bucket must be in the environment; got no ${missing.join(" and no ")}; export what is missing and start this again`,
    );
  }
  const { AWS_SESSION_TOKEN: sessionToken } = env;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
