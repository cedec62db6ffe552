import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { artifactChecklists } from "./artifact-checklists.ts";
import { type BenchmarkingRule, benchmarkingRules } from "./benchmarking-rules.ts";
import { type AuditSection, fine, missing } from "./finding.ts";

/** Audits what reviewers ask for: where each rule is said to be met, that file is there and says so. */
export function auditRules(root: string): AuditSection[] {
  return [
    section("Rules of benchmarking, and where each is met", benchmarkingRules, root),
    section("Checklists for artifacts, and what proves each item", artifactChecklists, root),
  ];
}

function section(title: string, rules: readonly BenchmarkingRule[], root: string): AuditSection {
  const findings = rules.map(({ source, rule, met, where }) => {
    const text = `${source}: ${rule}. Met: ${met}. See ${where.join(", ")}`;
    const lost = where.filter((place) => !stands(root, place));
    return lost.length === 0 ? fine(text) : missing(`${text}. Not found: ${lost.join(", ")}`);
  });
  return { title, findings };
}

function stands(root: string, place: string): boolean {
  const [file = "", words] = place.split("#");
  const path = join(root, file);
  if (!existsSync(path)) return false;
  return words === undefined || readFileSync(path, "utf8").replace(/\s+/g, " ").includes(words);
}
