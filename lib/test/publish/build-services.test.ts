import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { askBuild, buildVariable } from "../../src/publish/ask-build.ts";
import { startBuildServices } from "../../src/publish/build-services.ts";
import { outsideRepository } from "../packed/outside-repository.ts";

let build: Awaited<ReturnType<typeof startBuildServices>>;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(outsideRepository(), "cells-"));
  build = await startBuildServices();
});
afterAll(async () => {
  await build.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => void vi.stubEnv(buildVariable, build.address));
afterEach(() => void vi.unstubAllEnvs());

const compile = (kernel: number, code: string, declarations = "") =>
  askBuild("cell", { kernel, folder, declarations, code });

test("a cell knows what the cells before it declare, and another kernel knows nothing of them", async () => {
  const { declOutput = "" } = await compile(1, "const one: number = 1;");
  expect(await compile(1, "one + 1", declOutput)).toMatchObject({ diagnostics: [] });
  expect(await compile(2, "one + 1")).toMatchObject({
    diagnostics: [{ messageText: "Cannot find name 'one'." }],
  });
});

test("a source file beside the notebook reaches each kernel once", async () => {
  writeFileSync(join(folder, "beside.ts"), "export const two: number = 2;\n");
  const code = 'import { two } from "./beside";';
  const path = join(folder, "beside.js");
  expect(await compile(3, code)).toMatchObject({ sideOutputs: [{ path }] });
  expect(await compile(4, code)).toMatchObject({ sideOutputs: [{ path }] });
  expect(await compile(4, "1")).not.toHaveProperty("sideOutputs");
});

test("a stranger, a wrong question and a cell that is none are refused, and the build goes on", async () => {
  await expect(compile(5, "/** @module other */")).rejects.toThrow("cell must not have a tag");
  const question = { id: "x", drawing: { data: [], layout: {} } };
  await expect(askBuild("figure", question as never)).rejects.toThrow("question of a kernel is damaged");
  expect(await compile(5, "1")).toMatchObject({ diagnostics: [] });
  vi.stubEnv(buildVariable, build.address.replace(/[^/]+$/, "guess"));
  await expect(compile(5, "1")).rejects.toThrow("question came from a stranger");
});
