import {
  bool,
  type DataType,
  dictionary,
  float64,
  int32,
  int64,
  Type,
  uint8,
  uint16,
  uint32,
  utf8,
} from "@uwdata/flechette";
import type { ColumnType } from "./schema.ts";

interface Storage {
  readonly arrow: () => DataType;
  /** Holds the values of a batch, or the codes of its words. */
  readonly array: NumberArrayConstructor;
  /** Smallest and largest whole number that fits; absent for columns that hold no integers. */
  readonly range?: readonly [number, number];
}

type NumberArrayConstructor =
  | Float64ArrayConstructor
  | Int32ArrayConstructor
  | Uint32ArrayConstructor
  | Uint16ArrayConstructor
  | Uint8ArrayConstructor;

/** How each column type lies in an Arrow file. */
export const storage: Readonly<Record<ColumnType, Storage>> = {
  int64: { arrow: int64, array: Float64Array, range: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] },
  int32: { arrow: int32, array: Int32Array, range: [-(2 ** 31), 2 ** 31 - 1] },
  uint32: { arrow: uint32, array: Uint32Array, range: [0, 2 ** 32 - 1] },
  uint16: { arrow: uint16, array: Uint16Array, range: [0, 2 ** 16 - 1] },
  uint8: { arrow: uint8, array: Uint8Array, range: [0, 2 ** 8 - 1] },
  float64: { arrow: float64, array: Float64Array },
  bool: { arrow: bool, array: Uint8Array },
  text: { arrow: utf8, array: Uint8Array },
  category: { arrow: () => dictionary(utf8(), uint16()), array: Uint16Array },
};

/** Names the column type of an Arrow type, or describes the foreign type. */
export function columnTypeOf(type: DataType): ColumnType | `arrow type ${string}` {
  const wanted = fingerprint(type);
  const names = Object.keys(storage) as ColumnType[];
  return names.find((name) => fingerprint(storage[name].arrow()) === wanted) ?? `arrow type ${wanted}`;
}

/** Dictionary ids are handed out anew in every file, so they say nothing about the type. */
function fingerprint(type: DataType): string {
  switch (type.typeId) {
    case Type.Dictionary:
      return `dictionary(${fingerprint(type.dictionary)}, ${fingerprint(type.indices)})`;
    case Type.Int:
      return `${type.signed ? "int" : "uint"}${type.bitWidth}`;
    case Type.Float:
      return `float${16 << type.precision}`;
    default:
      return Object.entries(Type).find(([, id]) => id === type.typeId)?.[0] ?? String(type.typeId);
  }
}
