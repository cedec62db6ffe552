import { join } from "node:path";
import { evaluateLedger } from "../ledger/evaluate-ledger.ts";
import { projectRoot } from "../measure/project-root.ts";
import { DataError } from "../measure/study-error.ts";
import { committed } from "../publish/edition-paths.ts";
import type { Study } from "../studies/study.ts";
import { auditClaims } from "./audit-claims.ts";
import { auditData } from "./audit-data.ts";
import { auditProse } from "./audit-prose.ts";
import { auditRules } from "./audit-rules.ts";
import { type AuditSection, missing } from "./finding.ts";

export interface AuditOptions {
  /** Folder of the data set. */
  readonly data: string;
  readonly studies: readonly Study[];
  /** Folder of `article.md`; default: the project's. */
  readonly article?: string;
  /** Folder of the executed notebooks; default: the committed ones. */
  readonly notebooks?: string;
}

/** Checks what a reviewer checks by hand, section by section. Only findings that are not ok make it fail. */
export async function audit(options: AuditOptions): Promise<AuditSection[]> {
  const { data, studies, article = join(projectRoot, "article"), notebooks = committed.notebooks } = options;
  const scratch = join(projectRoot, ".cache", "audit");
  return [
    ...auditData(data, studies),
    ...judge(data, studies, notebooks),
    ...auditRules(projectRoot),
    await auditProse(article, notebooks, scratch),
  ];
}

/** Damaged tables have been told already; no verdict rests on them. */
function judge(data: string, studies: readonly Study[], notebooks: string): AuditSection[] {
  try {
    return auditClaims(evaluateLedger(data, studies), notebooks);
  } catch (error) {
    if (error instanceof DataError) return [{ title: "Claims", findings: [missing(error.message)] }];
    throw error;
  }
}
