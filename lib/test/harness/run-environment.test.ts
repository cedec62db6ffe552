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
  LD_PRELOAD: "/usr/lib/libjemalloc.so",
  MALLOC_ARENA_MAX: "1",
  GLIBC_TUNABLES: "glibc.malloc.arena_max=1",
  RES_OPTIONS: "attempts:9",
  HOSTALIASES: "/tmp/aliases",
  OPENSSL_CONF: "/tmp/openssl.cnf",
  DEBUG: "*",
  TOKIO_WORKER_THREADS: "1",
  FTP_PROXY: "http://127.0.0.1:1",
  WHATEVER_COMES_NEXT: "1",
};

test("what a user has set decides nothing of a measurement", () => {
  expect(runEnvironment(users)).toEqual({ PATH: "/bin", LC_ALL: "C", TZ: "UTC" });
});

test("where programs, a home and temporary files are is passed on", () => {
  const places = { PATH: "/bin", HOME: "/home/a", TMPDIR: "/var/tmp", SystemRoot: "C:\\\\Windows" };
  expect(runEnvironment(places)).toEqual({ ...places, LC_ALL: "C", TZ: "UTC" });
});

test("what a user may have meant to change a measurement is warned of", () => {
  expect(environmentWarnings(users)).toEqual([
    "not passed on to what is measured: DEBUG, FTP_PROXY, GLIBC_TUNABLES, HOSTALIASES, LD_PRELOAD, MALLOC_ARENA_MAX, NODE_OPTIONS, OPENSSL_CONF, PGOPTIONS, RES_OPTIONS, TOKIO_WORKER_THREADS, UV_THREADPOOL_SIZE, https_proxy",
  ]);
  expect(environmentWarnings({ PATH: "/bin", LANG: "C" })).toEqual([]);
});
