import {
  type Batch,
  batchType,
  Column,
  columnFromArray,
  type DataType,
  type DictionaryType,
  Type,
} from "@uwdata/flechette";

/**
 * Lays a column of the trace out for Arrow: names by code, whole numbers of 32 or 64 bits. A column of numbers is written
 * straight into its buffers, a tenth of what the general builders take; a watched program shares its cores with this.
 */
export function encodeColumn(
  type: DataType,
  length: number,
  read: (row: number) => string | number | null,
): Column<unknown> {
  if (type.typeId === Type.Dictionary) return encodeNames(type, length, read);
  const is64 = type.typeId === Type.Int && type.bitWidth === 64;
  const values = is64 ? new BigInt64Array(length) : new Int32Array(length);
  const halves = new Int32Array(values.buffer);
  const validity = new Uint8Array((length + 7) >> 3);
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    const value = read(row);
    if (typeof value !== "number") {
      nullCount++;
      continue;
    }
    validity[row >> 3] = (validity[row >> 3] as number) | (1 << (row & 7));
    halves[is64 ? 2 * row : row] = value;
    if (is64) halves[2 * row + 1] = Math.floor(value / 2 ** 32);
  }
  const bits = nullCount === 0 ? new Uint8Array(0) : validity;
  return columnOf(type, new (batchType(type))({ type, length, nullCount, validity: bits, values }));
}

function encodeNames(
  type: DictionaryType,
  length: number,
  read: (row: number) => string | number | null,
): Column<unknown> {
  const codes = new Map<string, number>();
  const values = new Uint16Array(length);
  for (let row = 0; row < length; row++) {
    const name = String(read(row));
    const code = codes.get(name) ?? codes.size;
    codes.set(name, code);
    values[row] = code;
  }
  const batch = new (batchType(type))({ type, length, nullCount: 0, validity: new Uint8Array(0), values });
  return columnOf(type, batch.setDictionary(columnFromArray([...codes.keys()], type.dictionary)));
}

function columnOf(type: DataType, batch: Batch<unknown>): Column<unknown> {
  return new Column([batch], type);
}
