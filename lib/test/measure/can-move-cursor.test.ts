import { expect, test } from "vitest";
import { canMoveCursor } from "../../src/measure/can-move-cursor.ts";

test.skipIf(process.platform === "win32")(
  "a terminal can move its cursor unless it is dumb or unknown",
  () => {
    expect(canMoveCursor({ isTTY: true }, { TERM: "xterm-256color" })).toBe(true);
    for (const TERM of ["dumb", "", undefined]) expect(canMoveCursor({ isTTY: true }, { TERM })).toBe(false);
    expect(canMoveCursor({ isTTY: false }, { TERM: "xterm-256color" })).toBe(false);
  },
);
