import { DataError, UsageError } from "../../measure/study-error.ts";
import { describeAddress } from "./credentials.ts";
import { isOutage, StoreAway } from "./outage.ts";

/** Classes of the server's own errors: it does not know this role, or no such database; and the code of "it may not do this". */
const refused = /^(28...|3D...|42501)$/;

/**
 * Tells the planner why a fleet's database did not do what it asked, where that is no fault of ours; any other error is
 * returned as it is.
 */
export function explainRefusal(url: string, error: unknown): unknown {
  if (error instanceof StoreAway || !(error instanceof Error)) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (isOutage(error)) {
    return new DataError(
      `fleet's database does not answer (${code || message}): ${describeAddress(url)}; run \`fleet serve\` on its host, or correct the address`,
      { cause: error },
    );
  }
  if (!refused.test(code)) return error;
  return new UsageError(
    `fleet's database refuses the planner (${message}): ${describeAddress(url)}; pass the file that \`fleet serve\` wrote with --database`,
    { cause: error },
  );
}
