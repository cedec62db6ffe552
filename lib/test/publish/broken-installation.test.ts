import { expect, onTestFinished, test, vi } from "vitest";
import { askBuild, buildVariable } from "../../src/publish/ask-build.ts";
import { startBuildServices } from "../../src/publish/build-services.ts";

vi.mock("../../src/measure/entry-beside.ts", () => ({
  entryBeside: () => new URL("data:text/javascript,throw new Error('Cannot find package tslab')"),
}));

test("where what compiles cells does not load, each kernel that asks is told so, and the build goes on to say it", async () => {
  const build = await startBuildServices();
  vi.stubEnv(buildVariable, build.address);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await build.stop();
  });
  for (const kernel of [1, 2]) {
    const asked = askBuild("cell", { kernel, folder: ".", declarations: "", code: "1" });
    await expect(asked).rejects.toThrow("Cannot find package tslab");
  }
});
