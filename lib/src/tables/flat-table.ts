/**
 * Reads one table of a FlatBuffer, the encoding of Arrow's metadata.
 *
 * Whatever the bytes say, no read leaves the buffer (`DataView` throws) and no vector is longer than it: damaged metadata
 * ends in a RangeError, never in a loop or in an allocation of gigabytes.
 *
 * @see https://flatbuffers.dev/internals/ FlatBuffers binary format
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** Reads the table that a buffer begins with a reference to. */
  static root({ buffer, byteOffset, byteLength }: Uint8Array): FlatTable {
    const view = new DataView(buffer, byteOffset, byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  int8(field: number, absent: number): number {
    const at = this.#find(field);
    return at === 0 ? absent : this.#view.getInt8(at);
  }

  int16(field: number, absent: number): number {
    const at = this.#find(field);
    return at === 0 ? absent : this.#view.getInt16(at, true);
  }

  int32(field: number, absent: number): number {
    const at = this.#find(field);
    return at === 0 ? absent : this.#view.getInt32(at, true);
  }

  int64(field: number, absent: number): number {
    const at = this.#find(field);
    return at === 0 ? absent : wholeNumber(this.#view, at);
  }

  table(field: number): FlatTable | null {
    const at = this.#find(field);
    return at === 0 ? null : new FlatTable(this.#view, at + this.#view.getUint32(at, true));
  }

  text(field: number): string {
    const { at, length } = this.#vector(field, 1);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, length),
    );
  }

  tables(field: number): FlatTable[] {
    const { at, length } = this.#vector(field, 4);
    return Array.from({ length }, (_, i) => {
      const entry = at + 4 * i;
      return new FlatTable(this.#view, entry + this.#view.getUint32(entry, true));
    });
  }

  /** Reads a vector of structs of a given size (bytes), each from the 64-bit integers at the given offsets within it. */
  structs(field: number, size: number, offsets: readonly number[]): number[][] {
    const { at, length } = this.#vector(field, size);
    return Array.from({ length }, (_, i) =>
      offsets.map((offset) => wholeNumber(this.#view, at + size * i + offset)),
    );
  }

  #vector(field: number, size: number): { at: number; length: number } {
    const found = this.#find(field);
    if (found === 0) return { at: 0, length: 0 };
    const start = found + this.#view.getUint32(found, true);
    const length = this.#view.getUint32(start, true);
    if (start + 4 + length * size > this.#view.byteLength) {
      throw new RangeError(`vector of ${length} leaves the metadata`);
    }
    return { at: start + 4, length };
  }

  /** The position of a field, or 0 where it has its default value. */
  #find(field: number): number {
    const vtable = this.#at - this.#view.getInt32(this.#at, true);
    const slot = 4 + 2 * field;
    if (slot >= this.#view.getUint16(vtable, true)) return 0;
    const offset = this.#view.getUint16(vtable + slot, true);
    return offset === 0 ? 0 : this.#at + offset;
  }
}

/** 64-bit integers of metadata are counts and places: beyond 2^53 they are damage, and refused by their users' bounds. */
function wholeNumber(view: DataView, at: number): number {
  return view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}
