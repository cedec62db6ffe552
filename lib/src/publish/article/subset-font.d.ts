/** The package has no types of its own. */
declare module "subset-font" {
  export default function subsetFont(
    font: Buffer,
    characters: string,
    options: { readonly targetFormat: "woff2"; readonly keepFeatures: readonly string[] },
  ): Promise<Buffer>;
}
