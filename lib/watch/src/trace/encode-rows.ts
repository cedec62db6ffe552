import { Endianness, field, Table, tableToIPC, Version } from "@uwdata/flechette";
import { encodeColumn } from "./encode-column.ts";
import { type TraceFacts, type TraceRow, traceColumns } from "./trace-schema.ts";

/** Encodes rows as an Arrow IPC file, with what the trace says of itself. */
export function encodeRows(rows: readonly TraceRow[], facts: TraceFacts): Uint8Array {
  const names = Object.keys(traceColumns) as (keyof TraceRow)[];
  const children = names.map((name) =>
    encodeColumn(traceColumns[name].type(), rows.length, (row) => (rows[row] as TraceRow)[name]),
  );
  const fields = names.map((name, at) => {
    const { unit, meaning, nullable, type } = traceColumns[name];
    const metadata = new Map(Object.entries({ unit, meaning }));
    return { ...field(name, type(), nullable, metadata), type: children[at]?.type ?? type() };
  });
  const table = new Table(
    {
      version: Version.V5,
      endianness: Endianness.Little,
      fields,
      metadata: new Map([["trace", JSON.stringify(facts)]]),
    },
    children,
  );
  const bytes = tableToIPC(table, { format: "file" });
  if (!bytes) throw new TypeError("flechette encoded no bytes");
  return bytes;
}
