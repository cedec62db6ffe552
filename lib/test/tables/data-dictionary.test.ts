import { expect, test } from "vitest";
import { renderDataDictionary } from "../../src/tables/data-dictionary.ts";
import { countdown } from "../harness/fixtures/countdown.ts";

test("the data dictionary says of every column its type, unit and meaning", () => {
  const text = renderDataDictionary([countdown]);
  expect(text).toContain("## countdown\n\nDoes the harness lose anything?");
  expect(text).toContain("| `countNs` | int64 | ns | 1000 × number of the sample, less 2000 |");
  expect(text).toContain("| `lateNs` | int64 or null | ns | null for the first sample |");
  expect(text).toContain("| `behaviour` | category |  | factor: what the run does |");
});
