import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

interface Face {
  readonly family: string;
  readonly weight: number;
  readonly style: "normal" | "italic";
  readonly file: string;
}
const FACES: readonly Face[] = [
  ...faces("Source Serif 4", "source-serif-4", "SourceSerif4"),
  ...faces("Source Sans 3", "source-sans-3", "SourceSans3"),
  {
    family: "IBM Plex Mono",
    weight: 400,
    style: "normal",
    file: "ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf",
  },
];
/** What the pages ask of a font: accents, kerning, ligatures, and digits that line up. */
const FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum"];
/** What scripts may write besides the text that is there: ASCII, and the signs of numbers and units. */
const ALWAYS = `${Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("")}\u00a0µ×±−–—…≤≥→`;

/**
 * Writes the style sheet of the pages' fonts, cut to the characters that occur. The fonts are in it, so that text is never set
 * in another font first and moves when its own arrives.
 *
 * @param text holds every character that the pages show
 */
export async function fontStyle(text: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const characters = [...new Set(ALWAYS + text)].sort().join("");
  const rules = FACES.map(async ({ family, weight, style, file }) => {
    const whole = await readFile(require.resolve(`@expo-google-fonts/${file}`));
    const font = await subsetFont(whole, characters, { targetFormat: "woff2", keepFeatures: FEATURES });
    return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};src:url(data:font/woff2;base64,${font.toString("base64")})}\n`;
  });
  return (await Promise.all(rules)).join("");
}

function faces(family: string, slug: string, name: string): Face[] {
  return [
    { family, weight: 400, style: "normal", file: `${slug}/400Regular/${name}_400Regular.ttf` },
    { family, weight: 600, style: "normal", file: `${slug}/600SemiBold/${name}_600SemiBold.ttf` },
    { family, weight: 400, style: "italic", file: `${slug}/400Regular_Italic/${name}_400Regular_Italic.ttf` },
  ];
}
