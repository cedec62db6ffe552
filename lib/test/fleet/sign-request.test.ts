import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { signedHeaders } from "../../src/fleet/parts/sign-request.ts";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html the example "GET Bucket Lifecycle" */
test("a request is signed as in the example that Amazon publishes", () => {
  const headers = signedHeaders(
    {
      method: "GET",
      url: new URL("https://examplebucket.s3.amazonaws.com/?lifecycle"),
      sha256: createHash("sha256").digest("hex"),
      region: "us-east-1",
    },
    { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
    new Date("2013-05-24T00:00:00Z"),
  );
  expect(headers["authorization"]).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
      "SignedHeaders=host;x-amz-content-sha256;x-amz-date, " +
      "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  );
});

test("a session's token is sent and signed", () => {
  const headers = signedHeaders(
    { method: "PUT", url: new URL("https://s3.example.org/b/p"), sha256: "00", region: "eu-1" },
    { accessKeyId: "A", secretAccessKey: "S", sessionToken: "T" },
    new Date(0),
  );
  expect(headers["x-amz-security-token"]).toBe("T");
  expect(headers["authorization"]).toContain("x-amz-date;x-amz-security-token,");
});
