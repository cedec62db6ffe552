import { tmpdir } from "node:os";

/** The system's folder for scratch files: what lies below the repository, as make's does, finds the repository's packages. */
export function outsideRepository(): string {
  const { TMPDIR: own } = process.env;
  delete process.env["TMPDIR"];
  try {
    return tmpdir();
  } finally {
    if (own !== undefined) process.env["TMPDIR"] = own;
  }
}
