import { expect, test } from "vitest";
import { environmentWarnings, runEnvironment } from "../../src/harness/run-environment.ts";

const users = {
  PATH: "/bin",
  PGOPTIONS: "-c statement_timeout=30",
  NODE_OPTIONS: "--jitless",
  UV_THREADPOOL_SIZE: "1",
  https_proxy: "http://127.0.0.1:1",
  LANG: "de_DE.UTF-8",
  LC_NUMERIC: "de_DE.UTF-8",
  TZ: "Asia/Tokyo",
};

test("what a user has set decides nothing of a measurement", () => {
  expect(runEnvironment(users)).toEqual({ PATH: "/bin", LC_ALL: "C", TZ: "UTC" });
});

test("what a user may have meant to change a measurement is warned of", () => {
  expect(environmentWarnings(users)).toEqual([
    "not passed on to what is measured: NODE_OPTIONS, PGOPTIONS, UV_THREADPOOL_SIZE, https_proxy",
  ]);
  expect(environmentWarnings({ PATH: "/bin", LANG: "C" })).toEqual([]);
});
