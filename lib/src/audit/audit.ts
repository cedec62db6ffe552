import { join } from "node:path";
import type { Claim } from "../claims/claim.ts";
import { evaluateLedger } from "../claims/evaluate-ledger.ts";
import { ledger } from "../claims/ledger.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { projectRoot } from "../measure/project-root.ts";
import { DataError } from "../measure/study-error.ts";
import { committed } from "../publish/execute-edition.ts";
import { auditClaims } from "./audit-claims.ts";
import { auditData } from "./audit-data.ts";
import { auditProse } from "./audit-prose.ts";
import { auditRules } from "./audit-rules.ts";
import { type AuditSection, missing } from "./finding.ts";

export interface AuditOptions {
  /** Folder of the data set. */
  readonly data: string;
  readonly declare: (workerCounts?: readonly number[]) => readonly Experiment[];
  /** Folder of `article.md`; default: the project's. */
  readonly article?: string;
  /** Folder of the executed notebooks; default: the committed ones. */
  readonly notebooks?: string;
  /** The claims to trace; default: the ledger. */
  readonly claims?: readonly Claim[];
}

/** Checks what a reviewer checks by hand, section by section. Only findings that are not ok make it fail. */
export async function audit(options: AuditOptions): Promise<AuditSection[]> {
  const { data, declare, article = join(projectRoot, "article"), notebooks = committed.notebooks } = options;
  const scratch = join(projectRoot, ".cache", "audit");
  return [
    ...auditData(data, declare),
    ...judge(data, declare(), options.claims ?? ledger, notebooks),
    auditRules(projectRoot),
    await auditProse(article, notebooks, scratch),
  ];
}

/** Damaged tables have been told already; no verdict rests on them. */
function judge(
  data: string,
  declarations: readonly Experiment[],
  claims: readonly Claim[],
  notebooks: string,
): AuditSection[] {
  try {
    return auditClaims(evaluateLedger(data, declarations, claims), notebooks);
  } catch (error) {
    if (error instanceof DataError) return [{ title: "Claims", findings: [missing(error.message)] }];
    throw error;
  }
}
