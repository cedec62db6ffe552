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

/**
 * Sets a Typst document as a tagged PDF/UA-1 with all fonts embedded; the same bytes from the same document.
 *
 * @param template folder with `journal.typ`
 * @param date the day the PDF says it was made, as ISO text
 * @throws DataError with Typst's report
 */
export function compilePdf({ source, images }: TypstDocument, template: string, date: string): Buffer {
  const compiler = NodeCompiler.create({ workspace: template, fontArgs: [{ fontBlobs: readFonts() }] });
  for (const [path, svg] of images) compiler.mapShadow(join(template, path), Buffer.from(svg));
  const compiled = compiler.compile({ mainFileContent: source });
  if (compiled.result === null || compiled.hasError()) {
    throw new DataError(
      `article.md: Typst cannot set the article\n${report(compiler, compiled.takeDiagnostics())}`,
    );
  }
  try {
    return compiler.pdf(compiled.result, {
      pdfStandard: PdfStandard.UA_1,
      creationTimestamp: Date.parse(date) / 1000,
    });
  } catch (cause) {
    throw new DataError(`article.md: PDF does not meet PDF/UA-1\n${String(cause)}`, { cause });
  }
}

function report(
  compiler: NodeCompiler,
  error: Parameters<NodeCompiler["fetchDiagnostics"]>[0] | null,
): string {
  return error === null ? "" : JSON.stringify(compiler.fetchDiagnostics(error), null, 1);
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
