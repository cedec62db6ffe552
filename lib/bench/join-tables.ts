import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

const magic = Buffer.from("ARROW1");
const blockBytes = 24;

/**
 * Appends the batches of Arrow files to each other, one file in memory at a time. All have one schema and the same
 * dictionaries, as tables that one writer made of the same levels do.
 *
 *     first file up to its batches ∙ batches of all ∙ end of stream ∙ first footer, its list of blocks replaced ∙ ARROW1
 *
 * @param files gives the bytes of each, in order
 * @see https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format
 */
export function joinTables(path: string, files: Iterable<Uint8Array>): void {
  const out = openSync(path, "w");
  let at = 0;
  const write = (bytes: Uint8Array): void => {
    for (let from = 0; from < bytes.length; ) from += writeSync(out, bytes, from);
    at += bytes.length;
  };
  const blocks: Buffer[] = [];
  let footer: Buffer | null = null;
  try {
    for (const file of files) {
      const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
      const own = footerOf(bytes);
      for (const block of blocksOf(own)) {
        const [from, metadata, body] = [
          Number(block.readBigInt64LE(0)),
          block.readInt32LE(8),
          Number(block.readBigInt64LE(16)),
        ];
        if (footer === null) {
          footer = own;
          write(bytes.subarray(0, from));
        }
        const moved = Buffer.from(block);
        moved.writeBigInt64LE(BigInt(at), 0);
        blocks.push(moved);
        write(bytes.subarray(from, from + metadata + body));
      }
    }
    if (footer === null) throw new TypeError("tables to join must hold a batch; got none");
    write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
    const joined = withBlocks(footer, blocks);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(joined.length);
    write(Buffer.concat([joined, length, magic]));
  } finally {
    closeSync(out);
  }
}

function footerOf(file: Buffer): Buffer {
  const end = file.length - magic.length - 4;
  return file.subarray(end - file.readUInt32LE(end), end);
}

/** Where a footer keeps the reference to its list of record batches: its fourth field. */
function referenceTo(footer: Buffer): number {
  const table = footer.readUInt32LE(0);
  const offsets = table - footer.readInt32LE(table);
  return table + footer.readUInt16LE(offsets + 4 + 2 * 3);
}

function blocksOf(footer: Buffer): Buffer[] {
  const reference = referenceTo(footer);
  const list = reference + footer.readUInt32LE(reference);
  return Array.from({ length: footer.readUInt32LE(list) }, (_, i) =>
    footer.subarray(list + 4 + i * blockBytes, list + 4 + (i + 1) * blockBytes),
  );
}

/** Appends a new list to the footer and lets the reference lead there; the old list stays behind, unreferenced. */
function withBlocks(footer: Buffer, blocks: readonly Buffer[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(blocks.length);
  // Numbers of 64 bits lie at multiples of eight, so that their count lies four before one.
  const padding = Buffer.alloc((12 - (footer.length % 8)) % 8);
  const joined = Buffer.concat([footer, padding, count, ...blocks]);
  const reference = referenceTo(joined);
  joined.writeUInt32LE(footer.length + padding.length - reference, reference);
  return joined;
}

/** Reads a file whole and lets go of it. */
export function* filesIn(paths: Iterable<string>): Generator<Uint8Array> {
  for (const path of paths) yield readFileSync(path);
}
