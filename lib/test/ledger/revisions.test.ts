import { expect, test } from "vitest";
import { readRevisions } from "../../src/cli/revisions.ts";
import { studies } from "../../src/studies/catalogue.ts";

const claims = studies.flatMap((study) => [...study.claims]);

test.each(
  claims.flatMap((claim) => {
    const last = readRevisions().findLast(({ of }) => of === claim.id);
    return last ? [[claim.id, last.after, `${claim.statement} ${claim.margin}`] as const] : [];
  }),
)("%s says what the list of revisions ends with", (_, after, now) => {
  expect(now).toContain(after);
});
