import { statSync } from "node:fs";
import { join } from "node:path";
import { readManifest, writeManifest } from "../../src/tables/manifest.ts";
import type { Schema } from "../../src/tables/schema.ts";
import { sha256File } from "../../src/tables/sha256-file.ts";
import { writeTable } from "../../src/tables/write-table.ts";

/** Replaces a table of an experiment's folder by another one, and makes its manifest fit. */
export function refit(
  own: string,
  name: "runs" | "samples",
  schema: Schema,
  columns: Parameters<typeof writeTable>[2],
): void {
  writeTable(join(own, `${name}.arrow`), schema, columns);
  refitHash(own, name, columns["run"]?.length);
}

/** Makes a manifest fit a table whose bytes have changed. */
export function refitHash(own: string, name: "runs" | "samples", rows?: number): void {
  const path = join(own, `${name}.arrow`);
  const manifest = readManifest(own);
  const record = {
    rows: rows ?? manifest.tables[name].rows,
    bytes: statSync(path).size,
    sha256: sha256File(path),
  };
  writeManifest(own, { ...manifest, tables: { ...manifest.tables, [name]: record } });
}
