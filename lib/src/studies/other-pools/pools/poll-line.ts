import type { PollMessage } from "../../../executor/piscina-worker.ts";

/** Writes a poll as one line of text. */
export function encodePoll({ originNs, work, argument }: PollMessage): string {
  return `${JSON.stringify([originNs === null ? null : String(originNs), work, argument])}\n`;
}

/** Reads what `encodePoll` wrote. */
export function decodePoll(line: string): PollMessage {
  const [originNs, work, argument] = JSON.parse(line) as [string | null, number, number];
  return { originNs: originNs === null ? null : BigInt(originNs), work, argument };
}
