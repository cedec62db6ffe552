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

/** One value of a declared column: integers (also 64-bit) are plain numbers, exact up to 2^53. */
export type ValueOf<C extends ColumnDeclaration> =
  | TypeOf<C["type"]>
  | (unknown extends C["nullable"] ? never : true extends C["nullable"] ? null : never);

type TypeOf<T extends ColumnType> = T extends "text" | "category"
  ? string
  : T extends "bool"
    ? boolean
    : number;

type NumberArray = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** Values of one column; numbers may lie in a typed array. */
export type ColumnOf<Value> = readonly Value[] | (number extends Value ? NumberArray : never);

export type ColumnValues = ColumnOf<number | string | boolean | null>;

/** A table in memory before it is written: equally long columns that match a schema. */
export type ColumnsOf<R extends Schema> = { readonly [Name in keyof R]: ColumnOf<ValueOf<R[Name]>> };

/** A table in memory whose schema is known at run time only. */
export type Columns = Readonly<Record<string, ColumnValues>>;
