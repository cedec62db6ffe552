import katex from "katex";
import { DataError } from "../../../measure/study-error.ts";

/** Sets a TeX formula as HTML, with MathML beside it for screen readers. @throws DataError if it cannot be read */
export function formulaHtml(tex: string, { block }: { block: boolean }): string {
  try {
    return katex.renderToString(tex, { displayMode: block, throwOnError: true, strict: "error" });
  } catch (cause) {
    throw new DataError(`article.md: formula must be TeX that KaTeX can set; got ${tex}`, { cause });
  }
}
