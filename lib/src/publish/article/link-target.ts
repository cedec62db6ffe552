import { DataError } from "../../measure/study-error.ts";

const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/**
 * Returns where a link leads if a reader can follow it without harm: the web, mail, or a place beside the page.
 *
 * @param origin names the place of the link
 * @throws DataError if it would run something, or leads into the reader's own machine
 */
export function linkTarget(url: string, origin: string): string {
  const parsed = URL.parse(url, "https://beside.invalid/");
  if (parsed !== null && PROTOCOLS.has(parsed.protocol)) return url;
  throw new DataError(
    `${origin}: link must lead to http, https, mailto or a place beside the page; got ${JSON.stringify(url)}`,
  );
}
