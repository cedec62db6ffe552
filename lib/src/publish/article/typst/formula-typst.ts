import { tex2typst } from "tex2typst";
import { DataError } from "../../../measure/study-error.ts";
import { typstString } from "./escape-typst.ts";

/** Translates a TeX formula; its TeX stays as what a screen reader reads. @throws DataError if it cannot be read */
export function formulaTypst(
  tex: string,
  { block, number }: { block: boolean; number?: string | undefined },
): string {
  const formula = translate(tex);
  const options = [`alt: ${typstString(tex)}`, `block: ${block}`];
  if (number !== undefined) options.push(`number: ${typstString(number)}`);
  return `#formula($${formula}$, ${options.join(", ")})`;
}

function translate(tex: string): string {
  try {
    return tex2typst(tex);
  } catch (cause) {
    throw new DataError(`article.md: formula must be TeX that Typst can print; got ${tex}`, { cause });
  }
}
