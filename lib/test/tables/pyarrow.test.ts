import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { writeTable } from "../../src/tables/write-table.ts";
import { everyType, everyTypeColumns } from "./fixtures.ts";

const python = join(projectRoot, ".venv", "bin", "python");
const hasPyarrow = existsSync(python) && spawnSync(python, ["-c", "import pyarrow"]).status === 0;
const reason = hasPyarrow ? "" : " (skipped: no pyarrow in .venv; pip install -r requirements-test.txt)";

const script = `
import json, sys
import pyarrow as pa, pyarrow.ipc
table = pa.ipc.open_file(sys.argv[1]).read_all()
table.validate(full=True)
print(json.dumps({
    "types": {f.name: str(f.type) for f in table.schema},
    "nullable": [f.name for f in table.schema if f.nullable],
    "unit": table.schema.field("delayNs").metadata[b"unit"].decode(),
    "meaning": table.schema.field("outcome").metadata[b"meaning"].decode(),
    "columns": {k: [str(x) if isinstance(x, float) else x for x in v] for k, v in table.to_pydict().items()},
}))
`;

describe(`another Arrow implementation${reason}`, () => {
  test.skipIf(!hasPyarrow)("reads types, values, missing values, units and meanings", () => {
    const folder = mkdtempSync(join(tmpdir(), "pyarrow-"));
    try {
      const path = join(folder, "table.arrow");
      writeTable(path, everyType, everyTypeColumns);
      const seen = JSON.parse(execFileSync(python, ["-c", script, path], { encoding: "utf8" }));
      expect(seen.types).toEqual({
        run: "uint32",
        delayNs: "int64",
        dispatchNs: "int64",
        offset: "int32",
        task: "uint16",
        worker: "uint8",
        share: "double",
        blocked: "bool",
        reason: "string",
        outcome: "dictionary<values=string, indices=uint16, ordered=0>",
      });
      expect(seen.nullable).toEqual(["dispatchNs", "worker", "share", "reason"]);
      expect(seen.unit).toBe("ns");
      expect(seen.meaning).toBe("µ outcome");
      const expected = Object.entries(everyTypeColumns).map(([name, values]) => [name, [...values]]);
      expect(seen.columns).toEqual({ ...Object.fromEntries(expected), share: ["0.1", null, "inf"] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
