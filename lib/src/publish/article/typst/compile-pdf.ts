import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NodeCompiler, PdfStandard } from "@myriaddreamin/typst-ts-node-compiler";
import { DataError } from "../../../measure/study-error.ts";
import type { TypstDocument } from "./write-typst.ts";

const FONTS = {
  "source-serif-4": ["400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic"],
  "source-sans-3": ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"],
  "ibm-plex-mono": ["400Regular"],
};

/** A diagnostic as Typst's exporter prints it, in Rust's spelling. */
const DIAGNOSTIC = /message: "((?:[^"\\]|\\.)*)"/g;
/** What it says of a character that no font has. */
const MISSING = /the text `"((?:[^"\\]|\\.)*)"` could not be displayed with font `"([^"]*)"`/;

/**
 * Sets a Typst document as a tagged PDF/UA-1 with all fonts embedded; the same bytes from the same document.
 *
 * @param write writes the document; it is given the exhibits, by kind and number, that fitted on no page and may be torn
 * @param template folder with `journal.typ`
 * @param date the day the PDF says it was made, as ISO text
 * @param placesOf names the places of a text in the article
 * @throws DataError naming each table or figure that is longer than a page and may not be torn, and the place of each
 *   character that no font has, or with Typst's report
 */
export function compilePdf(
  write: (beyondPage: ReadonlySet<string>) => TypstDocument,
  template: string,
  date: string,
  placesOf: (text: string) => readonly string[],
): Buffer {
  const beyondPage = new Set<string>();
  for (;;) {
    const { pdf, overlong } = setDocument(write(beyondPage), template, date, placesOf);
    if (pdf !== null) return pdf;
    const torn = overlong.filter((name) => beyondPage.has(name));
    if (torn.length > 0) {
      throw new DataError(
        `article.md: exhibit must fit on a page of the PDF; too long: ${torn.join(", ")}; show fewer rows`,
      );
    }
    for (const name of overlong) beyondPage.add(name);
  }
}

function setDocument(
  { source, images }: TypstDocument,
  template: string,
  date: string,
  placesOf: (text: string) => readonly string[],
): { readonly pdf: Buffer | null; readonly overlong: readonly string[] } {
  const compiler = createCompiler(template);
  for (const [path, svg] of images) compiler.mapShadow(join(template, path), Buffer.from(svg));
  const compiled = compiler.compile({ mainFileContent: source });
  if (compiled.result === null || compiled.hasError()) {
    throw new DataError(
      `article.md: Typst cannot set the article\n${report(compiler, compiled.takeDiagnostics())}`,
    );
  }
  const beyond: readonly (readonly [kind: string, number: string])[] =
    compiler.query(compiled.result, { selector: "<beyond-page>", field: "value" })[0] ?? [];
  const overlong = beyond.map(([kind, number]) => `${kind} ${number}`);
  if (overlong.length > 0) return { pdf: null, overlong };
  try {
    const creationTimestamp = Date.parse(date) / 1000;
    const pdf = compiler.pdf(compiled.result, { pdfStandard: PdfStandard.UA_1, creationTimestamp });
    return { pdf, overlong };
  } catch (cause) {
    const diagnostics = [...String(cause).matchAll(DIAGNOSTIC)].map(([, message = ""]) => message);
    const problems = diagnostics.map((message) => explain(unescapeRust(message), placesOf));
    throw new DataError([...new Set(problems)].join("\n") || `article.md: PDF cannot be written; ${cause}`, {
      cause,
    });
  }
}

/** Creates a compiler that has the PDF's fonts. @param template folder with `journal.typ` */
export function createCompiler(template: string): NodeCompiler {
  return NodeCompiler.create({ workspace: template, fontArgs: [{ fontBlobs: readFonts() }] });
}

function report(
  compiler: NodeCompiler,
  error: Parameters<NodeCompiler["fetchDiagnostics"]>[0] | null,
): string {
  if (error === null) return "";
  return compiler
    .fetchDiagnostics(error)
    .map(({ message }) => message)
    .join("\n");
}

function explain(message: string, placesOf: (text: string) => readonly string[]): string {
  const [, spelled, font] = MISSING.exec(message) ?? [];
  if (spelled === undefined) return `article.md: PDF does not meet PDF/UA-1; ${message}`;
  const text = unescapeRust(spelled);
  const points = [...text].map(
    (sign) => `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`,
  );
  const place = placesOf(text).join(", ") || "article.md";
  return `${place}: text must be of characters that the PDF's fonts have; ${font} lacks "${text}" (${points.join(" ")}); write it in another way`;
}

function unescapeRust(text: string): string {
  return text.replace(/\\u\{([\da-f]+)\}|\\(.)/g, (_, point: string | undefined, sign: string) =>
    point === undefined ? sign : String.fromCodePoint(Number.parseInt(point, 16)),
  );
}

function readFonts(): Buffer[] {
  return Object.entries(FONTS).flatMap(([family, faces]) => {
    const folder = dirname(
      createRequire(import.meta.url).resolve(`@expo-google-fonts/${family}/package.json`),
    );
    return faces.flatMap((face) =>
      readdirSync(join(folder, face))
        .filter((name) => name.endsWith(".ttf"))
        .map((name) => readFileSync(join(folder, face, name))),
    );
  });
}
