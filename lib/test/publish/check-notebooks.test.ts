import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkNotebooks } from "../../src/publish/check-notebooks.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.ipynb`, import.meta.url));

test("cells that hold under the strict compiler pass, top-level await included", async () => {
  await expect(checkNotebooks([fixture("01-good"), fixture("02-forgotten-await")])).resolves.toBeUndefined();
});

test("an error is told by notebook, code cell and line", async () => {
  const message = await checkNotebooks([fixture("01-good"), fixture("mistyped")]).then(String, String);
  expect(message).toContain("notebook mistyped, code cell 2 (c3), line 2: TS2322: Type 'number | undefined'");
  expect(message).toContain(
    "notebook mistyped, code cell 2 (c3), line 3: TS2551: Property 'colour' does not exist",
  );
  expect(message).not.toContain("01-good");
});
