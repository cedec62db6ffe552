import type { FlatTable } from "./flat-table.ts";
import type { ColumnType } from "./schema.ts";

/** One column as an Arrow file declares it. */
export interface ArrowField {
  readonly name: string;
  /** One of ours, or what the foreign type is. */
  readonly type: ColumnType | `arrow type ${string}`;
  readonly nullable: boolean;
  /** Which dictionary holds the words; null without one. */
  readonly dictionary: number | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ArrowSchema {
  readonly fields: readonly ArrowField[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Decodes the schema of an Arrow file. See https://github.com/apache/arrow/blob/main/format/Schema.fbs */
export function decodeSchema(schema: FlatTable): ArrowSchema {
  if (schema.int16(0, 0) !== 0) throw new RangeError("big-endian values");
  return { fields: schema.tables(1).map(decodeField), metadata: decodePairs(schema, 2) };
}

function decodeField(field: FlatTable): ArrowField {
  const encoding = field.table(4);
  const value = typeName(field.int8(2, 0), field.table(3));
  const index = encoding?.table(1);
  const name = encoding ? `dictionary(${value}, ${index ? integerName(index) : "int32"})` : value;
  return {
    name: field.text(0),
    type: ours[name] ?? `arrow type ${name}`,
    nullable: field.int8(1, 0) !== 0,
    dictionary: encoding ? encoding.int64(0, 0) : null,
    metadata: decodePairs(field, 6),
  };
}

const ours: Readonly<Record<string, ColumnType>> = {
  int64: "int64",
  int32: "int32",
  uint32: "uint32",
  uint16: "uint16",
  uint8: "uint8",
  float64: "float64",
  bool: "bool",
  utf8: "text",
  "dictionary(utf8, uint16)": "category",
};

function typeName(id: number, type: FlatTable | null): string {
  if (id === 2 && type) return integerName(type);
  if (id === 3 && type) return `float${16 << type.int16(0, 0)}`;
  return { 5: "utf8", 6: "bool" }[id] ?? `number ${id}`;
}

function integerName(type: FlatTable): string {
  return `${type.int8(1, 0) === 0 ? "u" : ""}int${type.int32(0, 0)}`;
}

function decodePairs(table: FlatTable, field: number): Record<string, string> {
  return Object.fromEntries(table.tables(field).map((pair) => [pair.text(0), pair.text(1)]));
}
