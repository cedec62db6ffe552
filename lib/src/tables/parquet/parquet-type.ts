import type { ColumnType } from "../schema.ts";

/** Types of Parquet columns that our columns become. */
export type ParquetType = "INT32" | "INT64" | "DOUBLE" | "BOOLEAN" | "STRING";

type Value = number | string | boolean | null;

/** Names the narrowest type that holds every value of a column. */
export function parquetTypeOf(type: ColumnType): ParquetType {
  switch (type) {
    case "int64":
    case "uint32":
      return "INT64";
    case "int32":
    case "uint16":
    case "uint8":
      return "INT32";
    case "float64":
      return "DOUBLE";
    case "bool":
      return "BOOLEAN";
    default:
      return "STRING";
  }
}

/** Gathers values of a column as Parquet wants them: 64-bit integers as such, levels of mixed kinds as text. */
export function parquetValues(
  type: ParquetType,
  length: number,
  valueAt: (row: number) => Value,
): (Value | bigint)[] {
  const convert = converters[type];
  return Array.from({ length }, (_, row) => {
    const value = valueAt(row);
    return value === null ? null : convert(value);
  });
}

const converters: Readonly<Record<ParquetType, (value: NonNullable<Value>) => Value | bigint>> = {
  INT32: (value) => value,
  INT64: (value) => BigInt(value),
  DOUBLE: (value) => value,
  BOOLEAN: (value) => value,
  STRING: String,
};
