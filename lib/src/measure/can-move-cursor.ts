/** Tells whether something stands at the other end that knows how to move a cursor; `TERM` says so. */
export function canMoveCursor(
  { isTTY }: Pick<NodeJS.WriteStream, "isTTY">,
  { TERM: terminal } = process.env,
): boolean {
  const isNamed = process.platform === "win32" || (terminal !== undefined && terminal !== "");
  return isTTY && isNamed && terminal !== "dumb";
}
