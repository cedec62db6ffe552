import { expect, test } from "vitest";
import { openPlanner } from "../../src/fleet/database/prepare.ts";
import { explainRefusal } from "../../src/fleet/database/refusal.ts";
import { DataError, UsageError } from "../../src/measure/study-error.ts";

const url = "postgres://fleet_admin:secret@127.0.0.1:1/postgres";
const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

test("where no server answers, the planner is told so in a sentence without the password", async () => {
  await expect(openPlanner(url)).rejects.toThrow(
    new DataError(
      "fleet's database does not answer (ECONNREFUSED): fleet_admin@127.0.0.1:1/postgres; run `fleet serve` on its host, or correct the address",
    ),
  );
});

test("also where the client gives no code", () => {
  expect(explainRefusal(url, new Error("Connection terminated unexpectedly"))).toEqual(
    new DataError(
      "fleet's database does not answer (Connection terminated unexpectedly): fleet_admin@127.0.0.1:1/postgres; run `fleet serve` on its host, or correct the address",
    ),
  );
});

test.each([
  ["28P01", 'password authentication failed for user "fleet_admin"'],
  ["3D000", 'database "postgres" does not exist'],
  ["42501", "permission denied for schema fleet"],
])("a server that refuses the planner with %s is the user's mistake, with its words", (code, message) => {
  expect(explainRefusal(url, coded(code, message))).toEqual(
    new UsageError(
      `fleet's database refuses the planner (${message}): fleet_admin@127.0.0.1:1/postgres; pass the file that \`fleet serve\` wrote with --database`,
    ),
  );
});

test("a bug of ours stays what it is", () => {
  const bug = coded("42601", "syntax error");
  expect(explainRefusal(url, bug)).toBe(bug);
});
