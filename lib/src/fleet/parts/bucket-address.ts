import { UsageError } from "../../measure/study-error.ts";

/** Where in an S3-compatible bucket parts lie. */
export interface BucketAddress {
  /** The address written out, with what was left to defaults. */
  readonly url: string;
  /** Of the folder of parts, as HTTP asks for it; ends with a slash. */
  readonly base: string;
  readonly region: string;
}

const parameters: readonly string[] = ["endpoint", "region"];

/**
 * Reads `s3://bucket/prefix?endpoint=https://host&region=name`. Without an endpoint it is Amazon's of that region, and without
 * a region the one that other servers expect then, us-east-1.
 *
 * @throws {UsageError} when it names no bucket, no endpoint of the web, or more than that, such as a password.
 */
export function readBucketAddress({
  hostname,
  port,
  pathname,
  searchParams,
  username,
  password,
}: URL): BucketAddress {
  // What was given is not repeated here: it may be a password.
  if (username !== "" || password !== "") {
    throw new UsageError(
      "address of a bucket must hold no credentials; got some; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead",
    );
  }
  if ([...searchParams.keys()].some((name) => !parameters.includes(name))) {
    throw new UsageError(
      `address of a bucket must have no parameters but ${parameters.join(" and ")}; got others; leave them out`,
    );
  }
  const prefix = pathname.replace(/^\/+|\/+$/g, "");
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(hostname) || port !== "" || !/^[\w./-]*$/.test(prefix)) {
    throw new UsageError(
      `address of a bucket must name a bucket, and a prefix of letters, digits, dots, dashes and slashes; got ${hostname || "no bucket"} and ${prefix || "no prefix"}; write s3://bucket/prefix`,
    );
  }
  const region = searchParams.get("region") ?? "us-east-1";
  if (!/^[a-z0-9-]+$/.test(region)) {
    throw new UsageError(
      `region of a bucket must be of small letters, digits and dashes; got ${region}; write region=eu-central-1`,
    );
  }
  const endpoint = originOf(searchParams.get("endpoint") ?? `https://s3.${region}.amazonaws.com`);
  const path = prefix === "" ? hostname : `${hostname}/${prefix}`;
  return {
    url: `s3://${path}?endpoint=${endpoint}&region=${region}`,
    base: `${endpoint}/${path}/`,
    region,
  };
}

function originOf(endpoint: string): string {
  const { protocol, origin, href } = URL.canParse(endpoint) ? new URL(endpoint) : new URL("about:blank");
  if (/^https?:$/.test(protocol) && href === `${origin}/`) return origin;
  throw new UsageError(
    "endpoint of a bucket must be http or https, a host and perhaps a port; got something else; write endpoint=https://s3.example.org",
  );
}
