import { createHash } from "node:crypto";
import { DataError, UsageError } from "../../measure/study-error.ts";
import { isOutage, StoreAway } from "../database/outage.ts";
import { readBucketAddress } from "./bucket-address.ts";
import { findCredentials } from "./bucket-credentials.ts";
import type { PartStore } from "./part-store.ts";
import { signedHeaders } from "./sign-request.ts";

/** A request that has not ended by then is made anew: half a connection can stay silent for hours. */
const answerWithinMs = 600_000;

/**
 * Opens a folder of an S3-compatible bucket.
 *
 * @throws {UsageError} when the address is none, or when the credentials are missing here.
 */
export function openBucket(address: URL): PartStore {
  const { url, base, region } = readBucketAddress(address);
  const credentials = findCredentials();
  const placeOf = (name: string) => base + name;

  async function ask(name: string, sha256: string, body?: Uint8Array<ArrayBuffer>): Promise<Answered> {
    const method = body ? "PUT" : "GET";
    const request = { method, url: new URL(placeOf(name)), sha256, region } as const;
    try {
      const response = await fetch(request.url, {
        method,
        headers: signedHeaders(request, credentials, new Date()),
        redirect: "manual",
        signal: AbortSignal.timeout(answerWithinMs),
        ...(body && { body }),
      });
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      throw explainSilence(base, error);
    }
  }

  return {
    url,
    placeOf,
    put: async (name, bytes, sha256) => {
      const answered = await ask(name, sha256, new Uint8Array(bytes));
      if (answered.status !== 200) throw explainRefusal(placeOf(name), answered);
    },
    get: async (name) => {
      const answered = await ask(name, nothingSha256);
      if (answered.status === 404) return null;
      if (answered.status !== 200) throw explainRefusal(placeOf(name), answered);
      return answered.bytes;
    },
  };
}

interface Answered {
  readonly status: number;
  readonly bytes: Uint8Array;
}

const nothingSha256 = createHash("sha256").digest("hex");

/** The client keeps what the network said as the cause of an error that says nothing. */
function explainSilence(base: string, error: unknown): Error {
  const { name, message, cause } = error as Error;
  const { code, message: reason } = (cause ?? { message }) as NodeJS.ErrnoException;
  if (name === "TimeoutError" || isOutage(cause))
    return new StoreAway(`${code ?? reason} at ${base}`, { cause: error });
  return new DataError(`bucket cannot be asked: ${base}, ${code ?? reason}; look at its endpoint`, {
    cause: error,
  });
}

/** Of what the server says only its code is repeated; it may quote what was signed. */
function explainRefusal(place: string, { status, bytes }: Answered): Error {
  const [, code = "no reason"] = /<Code>(\w+)<\/Code>/.exec(new TextDecoder().decode(bytes)) ?? [];
  const got = `${status} ${code}`;
  if (status >= 500 || status === 429) return new StoreAway(`${got} at ${place}`);
  if (status === 401 || status === 403) {
    return new UsageError(
      `bucket must let these credentials read and write; got ${got} for ${place}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to those of a user who may`,
    );
  }
  return new UsageError(
    `bucket must answer with the object; got ${got} for ${place}; look at its name, endpoint and region`,
  );
}
