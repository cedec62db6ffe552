import { createHash, createHmac } from "node:crypto";
import type { BucketCredentials } from "./bucket-credentials.ts";

/** A request to a bucket that is still to be signed. */
export interface UnsignedRequest {
  readonly method: "GET" | "PUT";
  readonly url: URL;
  /** Hash of the body, in hexadecimal; signed, so that the server refuses what was altered on its way. */
  readonly sha256: string;
  readonly region: string;
}

/**
 * Gives the headers that sign a request to a bucket, by AWS Signature Version 4.
 *
 * @param now the moment of signing; servers refuse what is some minutes old
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signedHeaders(
  { method, url, sha256, region }: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: BucketCredentials,
  now: Date,
): Readonly<Record<string, string>> {
  const moment = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [moment.slice(0, 8), region, "s3", "aws4_request"];
  const headers = {
    "x-amz-content-sha256": sha256,
    "x-amz-date": moment,
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
  };
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}:${value}\n`);
  const names = ["host", ...Object.keys(headers)].join(";");
  const query = [...url.searchParams].map(([name, value]) => `${name}=${value}`).join("&");
  const canonical = [method, url.pathname, query, lines.join(""), names, sha256].join("\n");
  const text = ["AWS4-HMAC-SHA256", moment, scope.join("/"), hash(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>(mac, `AWS4${secretAccessKey}`);
  const signature = mac(key, text).toString("hex");
  const credential = `Credential=${accessKeyId}/${scope.join("/")}`;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function mac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
