import { expect, test } from "vitest";
import { isOutage, persist } from "../../src/fleet/database/outage.ts";

const coded = (code: string) => Object.assign(new Error("from afar"), { code });

test.each(["ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "08006", "53100", "53300", "57P01", "57P03", "40001"])(
  "%s passes",
  (code) => expect(isOutage(coded(code))).toBe(true),
);

test.each(["28P01", "42501", "23505", "22P02", "57014"])("%s is a mistake, and does not", (code) =>
  expect(isOutage(coded(code))).toBe(false),
);

test("what the client says without a code counts too, also of several addresses at once", () => {
  expect(isOutage(new Error("Connection terminated unexpectedly"))).toBe(true);
  expect(isOutage(new AggregateError([coded("ECONNREFUSED")]))).toBe(true);
  expect(isOutage(new TypeError("x is not a function"))).toBe(false);
});

test("a deed is done again until it is answered, and told once", async () => {
  const told: string[] = [];
  let tries = 0;
  const deed = () => (++tries < 3 ? Promise.reject(coded("ECONNREFUSED")) : Promise.resolve("done"));
  const patience = { signal: new AbortController().signal, tell: (text: string) => void told.push(text) };
  await expect(persist(deed, patience)).resolves.toBe("done");
  expect(told).toEqual([
    "the database is away (ECONNREFUSED); asking until it answers",
    "the database answers again",
  ]);
});

test("a mistake ends it at once, and so does the signal", async () => {
  const patience = { signal: AbortSignal.abort(), tell: () => {} };
  await expect(persist(() => Promise.reject(coded("42501")), patience)).rejects.toThrow("from afar");
  await expect(persist(() => Promise.reject(coded("ECONNREFUSED")), patience)).rejects.toThrow("from afar");
});
