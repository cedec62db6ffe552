import {
  bool,
  type DataType,
  dictionary,
  float64,
  int32,
  int64,
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
