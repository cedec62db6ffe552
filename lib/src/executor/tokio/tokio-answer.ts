import type { Records } from "../executor.ts";
import type { PollColumns } from "../poll-log.ts";

interface Header {
  readonly polls: number;
  readonly events: number;
  readonly eventColumns: number;
}

/**
 * Reads what the Tokio program writes: a line of JSON with the numbers of rows, then the columns, little-endian.
 *
 * @throws {TypeError} when the answer is cut off or is none.
 */
export function readTokioAnswer(answer: Uint8Array): Records {
  const lineEnd = answer.indexOf("\n".charCodeAt(0));
  const { polls: rows, events, eventColumns } = readHeader(answer.subarray(0, Math.max(0, lineEnd)));
  const body = answer.subarray(lineEnd + 1);
  const wanted = rows * (3 * 4 + 4 * 8) + events * eventColumns * 8;
  if (body.length !== wanted) {
    throw new TypeError(`answer of Tokio is cut off: it has ${body.length} bytes of ${wanted}`);
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

function readHeader(line: Uint8Array): Header {
  try {
    return JSON.parse(new TextDecoder().decode(line)) as Header;
  } catch (cause) {
    throw new TypeError("answer of Tokio is cut off: it has no first line", { cause });
  }
}
