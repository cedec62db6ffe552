import { readFileSync } from "node:fs";
import * as v from "valibot";
import { parseJson } from "./parse-json.ts";

const packageFile = v.object({
  version: v.string(),
  peerDependencies: v.optional(v.record(v.string(), v.string()), {}),
});

/** Reads what a `package.json` says. @throws {DataError} when it lacks a version or is no JSON. */
export function readPackageFile(path: string): v.InferOutput<typeof packageFile> {
  const remedy = "install the package again";
  return parseJson(readFileSync(path, "utf8"), packageFile, { noun: "package file", path, remedy });
}
