/** One thing that was looked at. */
export interface Finding {
  /** False makes the audit fail. */
  readonly ok: boolean;
  readonly text: string;
}

/** One heading of the audit's page. */
export interface AuditSection {
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** Notes something that is in order, or only told. */
export function fine(text: string): Finding {
  return { ok: true, text };
}

/** Notes something that is missing or wrong. */
export function missing(text: string): Finding {
  return { ok: false, text };
}
