import type { Article } from "../embed-evidence.ts";
import { linkTarget } from "../link-target.ts";
import { escapeHtml } from "./escape-html.ts";
import { type Entry, entriesOf, frontPage, notebooksPage, type Page } from "./pages.ts";

/**
 * What a page may do: run and load what lies beside it, nothing inline, nothing from elsewhere. Plotly, KaTeX and the
 * drawings set styles inline, so styles may be. The simulator's thread starts from a blob, because a page that is opened as a
 * file may not start one from a file. Fonts come within a style sheet.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** What stands on one page, each part written already. */
export interface PageParts {
  readonly page: Page;
  readonly description: string;
  /** What comes before the text; a reference page begins with its own heading. */
  readonly lead: string;
  readonly text: string;
  /** What follows the text, in the contents too. */
  readonly after: readonly { readonly entry: Entry; readonly html: string }[];
}

/** Writes the frame of a page around its text: head, header, contents, footer. */
export function pageHtml(
  article: Article,
  pages: readonly Page[],
  parts: PageParts,
  tools: readonly string[],
): string {
  const { title, authors = [] } = article.document.frontmatter;
  const { page, description, lead, text, after } = parts;
  const front = page.file === frontPage;
  const names = authors.map(({ name }) => name).join(", ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(front ? title : `${page.title} · ${title}`)}</title>
<meta name="description" content="${escapeHtml(description)}">
<meta name="author" content="${escapeHtml(names)}">
${citationHtml(article, front ? title : page.title, description)}<link rel="icon" href="data:,">
${text.includes('class="katex') ? '<link rel="stylesheet" href="assets/katex/katex.min.css">\n' : ""}<link rel="stylesheet" href="assets/fonts.css">
<link rel="stylesheet" href="assets/article.css">
<link rel="stylesheet" href="assets/drawings.css">
<link rel="stylesheet" href="assets/site.css">
<script src="assets/fonts.js"></script>
<script defer src="assets/article.js"></script>
<script defer src="assets/site.js"></script>
${text.includes("data-explorable=") ? '<script defer src="assets/explorables.js"></script>\n' : ""}</head>
<body>
<a class="skip" href="#article">Skip to the article</a>
${bannerHtml(article)}<header${front ? "" : ' class="reference"'}>
${front ? frontHeader(article, names) : `<p class="site"><a href="${frontPage}">${escapeHtml(title)}</a></p>\n`}</header>
${contentsHtml(
  pages,
  page,
  after.map(({ entry }) => entry),
)}<main id="article">
${lead}${text}${after.map(({ html }) => html).join("")}${neighboursHtml(pages, page)}</main>
${footerHtml(article, tools)}</body>
</html>
`;
}

/** What search engines, reference managers and previews of links read. */
function citationHtml({ document }: Article, title: string, description: string): string {
  const { title: whole, authors = [], date, license } = document.frontmatter;
  const metas: readonly (readonly [string, string])[] = [
    ["citation_title", whole],
    ...authors.map(({ name }) => ["citation_author", name] as const),
    ["citation_publication_date", date.replaceAll("-", "/")],
    ["citation_language", "en"],
  ];
  const cards: readonly (readonly [string, string])[] = [
    ["og:type", "article"],
    ["og:site_name", whole],
    ["og:title", title],
    ["og:description", description],
  ];
  const linked = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    headline: title,
    description,
    isPartOf: whole,
    datePublished: date,
    author: authors.map(({ name }) => ({ "@type": "Organization", name })),
    ...(license?.content === undefined ? {} : { license: license.content.url }),
  };
  return [
    ...metas.map(([name, content]) => `<meta name="${name}" content="${escapeHtml(content)}">\n`),
    ...cards.map(([name, content]) => `<meta property="${name}" content="${escapeHtml(content)}">\n`),
    '<meta name="twitter:card" content="summary">\n',
    `<script type="application/ld+json">${JSON.stringify(linked).replaceAll("<", "\\u003c")}</script>\n`,
  ].join("");
}

function frontHeader({ document }: Article, names: string): string {
  const { title, subtitle, date } = document.frontmatter;
  const below = subtitle === undefined ? "" : `<p class="subtitle">${escapeHtml(subtitle)}</p>\n`;
  return `<h1>${escapeHtml(title)}</h1>\n${below}<p class="byline">${escapeHtml(names)} <time datetime="${date}">${longDate(date)}</time></p>\n`;
}

function longDate(date: string): string {
  return new Date(date).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}

function bannerHtml({ editions }: Article): string {
  if (editions.length === 1) return "";
  const names = editions.map(
    ({ name, description }) => `<strong>${escapeHtml(name)}</strong>: ${escapeHtml(description)}`,
  );
  return `<aside class="banner" aria-label="Editions">\n<p>Two editions side by side.</p>\n<p>${names.join("</p>\n<p>")}</p>\n</aside>\n`;
}

/** The contents of all pages: the present one with its headings, the others by name. */
function contentsHtml(pages: readonly Page[], page: Page, after: readonly Entry[]): string {
  const items = pages.flatMap((each) => {
    const here = each.file === page.file;
    const own = here ? [...entriesOf(each.nodes), ...after].filter(({ depth }) => depth <= 3) : [];
    if (each.file === frontPage) {
      const headings = here ? own : [{ id: "", title: "The article", depth: 2 }];
      return headings.map(({ id, title, depth }) => item(depth, here ? `#${id}` : frontPage, title));
    }
    const [, ...below] = own;
    const name = here
      ? `<li class="depth-2 here"><a href="#article" aria-current="page">${escapeHtml(each.title)}</a></li>`
      : item(2, each.file, each.title);
    return [name, ...below.map(({ id, title }) => item(3, `#${id}`, title))];
  });
  const reference =
    pages.length === 1
      ? -1
      : items.findIndex((each) => each.includes(`href="${pages[1]?.file}"`) || each.includes("depth-2 here"));
  if (reference >= 0) items.splice(reference, 0, '<li class="part">Reference</li>');
  if (reference >= 0) items.push(item(2, notebooksPage, "Notebooks"));
  return `<nav class="contents" aria-label="Contents">\n<details>\n<summary>Contents and search</summary>\n<search class="search"></search>\n<ol>\n${items.join("\n")}\n</ol>\n</details>\n</nav>\n`;
}

function item(depth: number, href: string, title: string): string {
  return `<li class="depth-${depth}"><a href="${escapeHtml(href)}">${escapeHtml(title)}</a></li>`;
}

/** Links to the pages before and after. */
function neighboursHtml(pages: readonly Page[], page: Page): string {
  if (pages.length === 1) return "";
  const at = pages.indexOf(page);
  if (at < 0) return "";
  const links = [
    { rel: "prev", other: pages[at - 1] },
    { rel: "next", other: pages[at + 1] },
  ].flatMap(({ rel, other }) =>
    other === undefined ? [] : [`<a rel="${rel}" href="${other.file}">${escapeHtml(other.title)}</a>`],
  );
  return `<nav class="neighbours" aria-label="Neighbouring pages">${links.join("\n")}</nav>\n`;
}

/** An entry for a bibliography. */
function bibtex({ title, subtitle, authors = [], date }: Article["document"]["frontmatter"]): string {
  const names = authors.map(({ name }) => `{${name}}`).join(" and ");
  const whole = subtitle === undefined ? title : `${title}: ${subtitle}`;
  return `@misc{schedulingSafety,\n  author = {${names}},\n  title = {${whole}},\n  year = {${date.slice(0, 4)}},\n  note = {Version of ${date}}\n}`;
}

function footerHtml({ document }: Article, tools: readonly string[]): string {
  const license = document.frontmatter.license?.content;
  const rights =
    license === undefined
      ? ""
      : `<p>Text and figures: <a rel="license" href="${escapeHtml(linkTarget(license.url, "article.md: license"))}">${escapeHtml(license.name)}</a>.</p>\n`;
  return `<footer>
<p><a href="article.pdf">Article and reference as PDF</a>, <a href="article.xml">as JATS</a></p>
<details class="cite-this"><summary>Cite this</summary>
<pre tabindex="0"><code>${escapeHtml(bibtex(document.frontmatter))}</code></pre>
</details>
${rights}<p>Every measured number, figure and table comes from an executed notebook. Built with ${escapeHtml(tools.join(", "))}.</p>
</footer>
`;
}
