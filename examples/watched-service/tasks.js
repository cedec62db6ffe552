import { createHash, pbkdf2Sync } from "node:crypto";

const image = Buffer.alloc(256 * 1024);

/** A few milliseconds. */
export function thumbnail() {
  return createHash("sha256").update(image).digest("hex");
}

/** Some hundred milliseconds in one native call: nobody else gets the worker meanwhile. */
export function report() {
  return pbkdf2Sync("report", "salt", 200_000, 32, "sha512").toString("hex");
}
