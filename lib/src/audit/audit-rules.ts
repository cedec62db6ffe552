import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { benchmarkingRules } from "./benchmarking-rules.ts";
import { type AuditSection, fine, missing } from "./finding.ts";

/** Audits the rules of benchmarking: where each is said to be met, that file is there and says so. */
export function auditRules(root: string): AuditSection {
  const findings = benchmarkingRules.map(({ source, rule, met, where }) => {
    const text = `${source}: ${rule}. Met: ${met}. See ${where.join(", ")}`;
    const lost = where.filter((place) => !stands(root, place));
    return lost.length === 0 ? fine(text) : missing(`${text}. Not found: ${lost.join(", ")}`);
  });
  return { title: "Rules of benchmarking, and where each is met", findings };
}

function stands(root: string, place: string): boolean {
  const [file = "", words] = place.split("#");
  const path = join(root, file);
  if (!existsSync(path)) return false;
  return words === undefined || readFileSync(path, "utf8").replace(/\s+/g, " ").includes(words);
}
