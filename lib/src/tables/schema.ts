/** Storage types of the study's Arrow columns. `category` is dictionary-encoded text. */
export type ColumnType =
  | "int64"
  | "int32"
  | "uint32"
  | "uint16"
  | "uint8"
  | "float64"
  | "bool"
  | "text"
  | "category";

/** One line of the data dictionary. */
export interface ColumnDeclaration {
  readonly type: ColumnType;
  /** "ns", "ms", "1" for counts and shares, "" for names. */
  readonly unit: string;
  readonly meaning: string;
  /** Missing values are stored as null, never as zero. */
  readonly nullable?: boolean;
}

/** Column name to declaration, in storage order. */
export type Schema = Readonly<Record<string, ColumnDeclaration>>;

/** Values of one column: integers (also 64-bit) are plain numbers, exact up to 2^53. */
export type ColumnValues =
  | Float64Array
  | Int32Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | readonly (number | string | boolean | null)[];

/** A table in memory before it is written: equally long columns that match a schema. */
export type Columns = Readonly<Record<string, ColumnValues>>;
