import * as v from "valibot";
import { expect, test } from "vitest";
import { runMessage, runRequest } from "../../src/harness/run-messages.ts";
import { parseData, parseJson } from "../../src/measure/parse-json.ts";
import { DataError } from "../../src/measure/study-error.ts";
import { loadAnswer, loadMessage } from "../../src/studies/http-service/load-messages.ts";
import { libuvPoolJob, libuvPoolMessage } from "../../src/studies/libuv-pool/pool-messages.ts";

const schema = v.strictObject({ cores: v.number(), name: v.string() });
const file = { noun: "list", path: "/data/list.json", remedy: "write it again" };
const parsed = (text: string) => () => parseJson(text, schema, file);

test("what fits its schema is given back", () => {
  expect(parsed('{"cores":2,"name":"a"}')()).toEqual({ cores: 2, name: "a" });
});

test.each([
  ["no JSON", "{", "list is damaged: /data/list.json (SyntaxError"],
  ["a field too few", '{"cores":2}', "list is damaged: /data/list.json (name is missing); write it again"],
  ["a field too many", '{"cores":2,"name":"a","b":1}', "(b is not known)"],
  ["another type", '{"cores":"2","name":"a"}', '(cores must be number; got "2")'],
  ["no object", "1", "(content must be Object; got 1)"],
])("%s is told by the thing, the place, the problem and the remedy", (_, text, message) => {
  expect(parsed(text)).toThrow(message);
  expect(parsed(text)).toThrow(DataError);
});

test("a message has no path", () => {
  expect(() => parseData({ name: "a" }, schema, { noun: "answer", remedy: "ask again" })).toThrow(
    /^answer is damaged \(cores is missing\); ask again$/,
  );
});

const job = { run: 1, block: 0, order: 1, seed: 7, part: "base", scenario: { blockers: 2 } };
const request = { module: "file:///m.ts", job, plan: "p", beganMs: 0, path: "/part" };

test.each([
  ["a run", () => parseData(request, runRequest, runMessage), request],
  [
    "a load",
    () => parseData({ fault: "port is taken" }, loadAnswer, loadMessage),
    { fault: "port is taken" },
  ],
])("a message of %s passes as it is", (_, parse, message) => {
  expect(parse()).toEqual(message);
});

test.each([
  [
    "a run",
    () => parseData({ ...request, job: { ...job, seed: "7" } }, runRequest, runMessage),
    'message between a campaign and its run is damaged (job.seed must be number; got "7"); build nothing',
  ],
  [
    "a load",
    () => parseData({ attempts: [{ sent: 1 }] }, loadAnswer, loadMessage),
    "message between a run and its load generator is damaged",
  ],
  [
    "a pool",
    () =>
      parseData(
        { blocking: "nap", blockMs: 1, blockerStartsMs: [], arrivals: [] },
        libuvPoolJob,
        libuvPoolMessage,
      ),
    '(blocking must be ("foreign-call" | "slow-lookup"); got "nap")',
  ],
])("a message of %s in another build's words is refused", (_, parse, message) => {
  expect(parse).toThrow(message);
});
