import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCitation } from "../../src/cli/archive-files.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { DataError } from "../../src/measure/study-error.ts";

const citation = readFileSync(join(projectRoot, "CITATION.cff"), "utf8");

test("the citation file has what archives ask for", () => {
  expect(readCitation(citation).authors.length).toBeGreaterThan(0);
});

test.each([
  ["is no YAML", `${citation}\nkeywords: [unclosed`, /^CITATION\.cff: file must be YAML; .*line \d+/],
  ["lacks its title", citation.replace(/^title:.*$/m, ""), /^CITATION\.cff: title must be given; /],
  ["holds no fields", "just words", /^CITATION\.cff: file must be given; /],
])("a citation file that %s is told by what is wrong in it", (_, text, told) => {
  expect(() => readCitation(text)).toThrow(DataError);
  expect(() => readCitation(text)).toThrow(told);
});
