import { DataError } from "../../measure/study-error.ts";

const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);
const FOLDER = "https://publication.invalid/folder/";

/**
 * Returns where a link leads if a reader can follow it without harm: the web, mail, or a file of the publication, which
 * lies in one folder.
 *
 * @param origin names the place of the link
 * @throws DataError if it would run something, or leads into the reader's own machine or network
 */
export function linkTarget(url: string, origin: string): string {
  const target = URL.parse(url, FOLDER);
  const leadsAway = URL.canParse(url) && PROTOCOLS.has(target?.protocol ?? "");
  const staysWithin = /^[^/]/.test(url) && target?.href.startsWith(FOLDER) === true;
  if (!url.includes("\\") && (leadsAway || staysWithin)) return url;
  throw new DataError(
    `${origin}: link must lead to http, https, mailto or a place beside the page; got ${JSON.stringify(url)}`,
  );
}
