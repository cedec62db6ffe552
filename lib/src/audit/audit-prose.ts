import { DataError } from "../measure/study-error.ts";
import { readExhibits } from "../publish/article/read-exhibits.ts";
import { resolveDocument } from "../publish/article/resolve-document.ts";
import { typedNumbers } from "../publish/article/typed-numbers.ts";
import { type AuditSection, fine, missing } from "./finding.ts";

/**
 * Audits the article's prose: everything in it resolves, and no number in it was typed by hand.
 *
 * @param article folder of `article.md`
 * @param notebooks folder of the executed notebooks
 * @param scratch folder for intermediate files
 */
export async function auditProse(article: string, notebooks: string, scratch: string): Promise<AuditSection> {
  const title = "Prose";
  try {
    const document = await resolveDocument(article, readExhibits(notebooks).values(), scratch);
    const typed = typedNumbers(document);
    const given = document.frontmatter.options?.givens?.length ?? 0;
    const findings =
      typed.length === 0
        ? [fine(`no number is typed by hand; ${given} phrases that the design sets are declared`)]
        : typed.map(missing);
    return { title, findings };
  } catch (error) {
    if (error instanceof DataError) return { title, findings: [missing(error.message)] };
    throw error;
  }
}
