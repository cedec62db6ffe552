import { beforeEach, expect, test, vi } from "vitest";
import { registerProjectNotebooks } from "../../src/cli/project-notebooks.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { complained, printed, scheduling } from "./scheduling.ts";

const { events } = vi.hoisted(() => ({ events: [] as string[] }));
vi.mock("../../src/publish/execute-edition.ts", () => ({
  executeEdition: async (name: string, _: string, { only }: { readonly only?: string }) => {
    events.push(`executes ${name}`);
    return only === undefined ? ["01-a.ipynb", "02-b.ipynb"] : ["07-c.ipynb"];
  },
  keepReference: () => events.push("keeps"),
  compareReference: async () => events.push("compares"),
}));
vi.mock("../../src/publish/build-alone.ts", () => ({
  buildsFolder: "where builds lie",
  buildAlone: async (folder: string, work: () => Promise<unknown>) => {
    events.push(`others wait ${folder}`);
    await work();
    events.push("others go on");
  },
}));
beforeEach(() => void events.splice(0));

test.each([
  ["notebooks", "2 notebooks give what is committed", "compares"],
  ["notebooks --only 07", "1 notebook gives what is committed", "compares"],
  ["notebooks --keep", "2 notebooks executed and kept", "keeps"],
  ["notebooks --keep --only 07", "1 notebook executed and kept", "keeps"],
])(
  "%s counts those that were executed, and does it all while no other build does",
  async (line, said, then) => {
    expect(await scheduling(...line.split(" "))).toBe(0);
    expect(printed).toEqual([said]);
    expect(events).toEqual(["others wait where builds lie", "executes reference", then, "others go on"]);
  },
);

test("an edition of a data set is executed as a whole: one notebook of it beside the reference's would mix hosts", async () => {
  expect(await scheduling("notebooks", "--data", ".", "--only", "07")).toBe(2);
  expect(complained).toContain("'--data <folder>' cannot be used with option '--only <notebook>'");
  expect(events).toEqual([]);
});

test("a project's notebooks command has examples", async () => {
  let shown = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    shown += String(text);
    return true;
  });
  const context = { studies: [], print() {} };
  expect(await runCli(["notebooks", "--help"], [registerProjectNotebooks], context)).toBe(0);
  expect(shown).toContain("Examples:\n  $ scheduling-safety notebooks");
});
