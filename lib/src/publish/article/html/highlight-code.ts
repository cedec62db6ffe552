import highlight from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "./escape-html.ts";

highlight.registerLanguage("typescript", typescript);
highlight.registerLanguage("bash", bash);

/** Writes code as HTML with its words marked by kind; in a language that is not known, as it is. */
export function highlightCode(code: string, language: string | undefined): string {
  return language !== undefined && highlight.getLanguage(language) !== undefined
    ? highlight.highlight(code, { language }).value
    : escapeHtml(code);
}
