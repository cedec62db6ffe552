import * as v from "valibot";
import { type DataSource, parseJson } from "../../measure/parse-json.ts";
import { DataError } from "../../measure/study-error.ts";
import type { Records } from "../executor.ts";
import type { PollColumns } from "../poll-log.ts";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const header = v.object({ polls: count, events: count, eventColumns: count });
const source: DataSource = { noun: "answer of Tokio", remedy: "build the program again with `make tokio`" };

/**
 * Reads what the Tokio program writes: a line of JSON with the numbers of rows, then the columns, little-endian.
 *
 * @throws {DataError} when the answer is cut off or is none.
 */
export function readTokioAnswer(answer: Uint8Array): Records {
  const lineEnd = answer.indexOf("\n".charCodeAt(0));
  const line = new TextDecoder().decode(answer.subarray(0, Math.max(0, lineEnd)));
  const { polls: rows, events, eventColumns } = parseJson(line, header, source);
  const body = answer.subarray(lineEnd + 1);
  const wanted = rows * (3 * 4 + 4 * 8) + events * eventColumns * 8;
  if (body.length !== wanted) {
    throw new DataError(
      `answer of Tokio is cut off: it has ${body.length} bytes of ${wanted}; ${source.remedy}`,
    );
  }
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let offset = 0;
  const integers = (): Int32Array => {
    const column = Int32Array.from({ length: rows }, (_, row) => view.getInt32(offset + 4 * row, true));
    offset += 4 * rows;
    return column;
  };
  const numbers = (count: number): Float64Array => {
    const column = Float64Array.from({ length: count }, (_, row) => view.getFloat64(offset + 8 * row, true));
    offset += 8 * count;
    return column;
  };
  // The order is that of the columns in the answer.
  const polls: PollColumns = {
    task: integers(),
    tag: integers(),
    worker: integers(),
    dueNs: numbers(rows),
    enqueuedNs: numbers(rows),
    startedNs: numbers(rows),
    endedNs: numbers(rows),
  };
  const values = numbers(events * eventColumns);
  return {
    polls,
    events: Array.from({ length: events }, (_, row) =>
      Array.from(values.subarray(row * eventColumns, (row + 1) * eventColumns)),
    ),
  };
}
