import MiniSearch from "minisearch";
import { childrenOf, type Node } from "../article/ast.ts";
import type { Page } from "../article/html/pages.ts";
import type { LedgerRow } from "../article/ledger-rows.ts";
import { plainText } from "../article/plain-text.ts";
import { type Found, searchOptions } from "./search-options.ts";

/** Makes the script that hands the site's search its index: every section of every page, every claim, every term. */
export function searchIndexScript(
  pages: readonly Page[],
  ledger: readonly LedgerRow[],
  ledgerPage: string,
): string {
  const index = new MiniSearch<Found>({
    ...searchOptions,
    fields: [...searchOptions.fields],
    storeFields: [...searchOptions.storeFields],
  });
  index.addAll([
    ...pages.flatMap(sectionsOf),
    ...pages.flatMap(termsOf),
    ...ledger.map((row) => claimOf(row, ledgerPage)),
  ]);
  return `searchIndexLoaded(${JSON.stringify(JSON.stringify(index))});\n`;
}

function sectionsOf({ file, title, nodes }: Page): Found[] {
  const sections: { heading: Node | null; nodes: Node[] }[] = [{ heading: null, nodes: [] }];
  for (const node of nodes) {
    if (node.type === "heading") sections.push({ heading: node, nodes: [] });
    else sections.at(-1)?.nodes.push(node);
  }
  return sections.flatMap(({ heading, nodes: within }) => {
    const text = plainText(within);
    const id = heading?.type === "heading" ? (heading.html_id ?? "") : "";
    if (text === "" && heading === null) return [];
    const name = heading === null ? title : plainText([heading]);
    return [{ id: `${file}#${id === "" ? "article" : id}`, title: name, part: title, text }];
  });
}

function termsOf({ file, nodes }: Page): Found[] {
  const lists = (node: Node): Node[] =>
    node.type === "definitionList" ? [node] : childrenOf(node).flatMap(lists);
  return nodes.flatMap(lists).flatMap((list) => {
    const parts = childrenOf(list);
    return parts.flatMap((part, i) => {
      if (part.type !== "definitionTerm" || part.html_id === undefined) return [];
      const meaning = parts[i + 1];
      const text = meaning === undefined ? "" : plainText([meaning]);
      return [{ id: `${file}#${part.html_id}`, title: plainText([part]), part: "Glossary", text }];
    });
  });
}

function claimOf({ id, claim, verdict, study }: LedgerRow, page: string): Found {
  return { id: `${page}#claim-${id}`, title: claim, part: `Claim: ${verdict}`, text: `${id} ${study}` };
}
