import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeHeldFolder } from "../../src/measure/held-folder.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { closeBrowser, withBrowser } from "../../src/publish/browser.ts";
import { installKernel } from "../../src/publish/install-kernel.ts";
import { scratchFolder } from "../../src/publish/scratch-folder.ts";
import { patientPage } from "./patient-page.ts";

const jupyter = join(projectRoot, ".venv", "bin", "jupyter-lab");
const fixture = fileURLToPath(new URL("fixtures/01-good.ipynb", import.meta.url));
const token = "a-token-for-this-test";
let folder = "";
let server: ChildProcess | undefined;
/** What the server and its kernels say. */
let said = "";

beforeAll(() => {
  installKernel();
  folder = makeHeldFolder("lab", scratchFolder).path;
  cpSync(fixture, join(folder, "good.ipynb"));
});
afterAll(async () => {
  await closeBrowser();
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

test.skipIf(!existsSync(jupyter))(
  "JupyterLab runs a notebook with our kernel and shows its figure live, not as a picture",
  async () => {
    const port = await freePort();
    server = startLab(port);
    await answers(`http://127.0.0.1:${port}/api?token=${token}`);
    await withBrowser(async (browser) => {
      const page = await patientPage(browser);
      await page.goto(`http://127.0.0.1:${port}/lab/tree/good.ipynb?token=${token}`);
      await page.waitForSelector(".jp-Notebook .jp-CodeCell");
      const kernel = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel";
      await page.waitForFunction(`${kernel}?.connectionStatus === "connected"`);
      await page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')");
      await page.waitForSelector(".jp-OutputArea .js-plotly-plot .hoverlayer");
      const errors = await page.$$eval(
        '[data-mime-type="application/vnd.jupyter.stderr"]',
        (all) => all.length,
      );
      expect(errors).toBe(0);
    });
    expect(said).toContain(`127.0.0.1:${port}`);
    expect(said).not.toMatch(/^ +at /m);
  },
);

function startLab(port: number): ChildProcess {
  const state = (name: string) => join(folder, "state", name);
  const lab = spawn(
    jupyter,
    [
      "--no-browser",
      "--allow-root",
      "--ServerApp.ip=127.0.0.1",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      `--IdentityProvider.token=${token}`,
      "--LabApp.expose_app_in_browser=True",
      "--LabApp.news_url=None",
      folder,
    ],
    {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        JUPYTER_CONFIG_DIR: state("config"),
        JUPYTER_DATA_DIR: state("data"),
        JUPYTER_RUNTIME_DIR: state("runtime"),
        JUPYTERLAB_SETTINGS_DIR: state("settings"),
        JUPYTERLAB_WORKSPACES_DIR: state("workspaces"),
        IPYTHONDIR: state("ipython"),
      },
    },
  );
  lab.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return lab;
}

async function answers(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
