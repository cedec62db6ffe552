import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { isServed } from "./ask-build.ts";
import { closeBrowser } from "./browser.ts";
import { compileInBuild } from "./compiled-cells.ts";
import { displaysWritten } from "./display.ts";
import { mime } from "./mime.ts";

/*
 * The notebook kernel: tslab, with an end to every cell. It is what the kernelspec starts, as
 * `node kernel.js <connection file>`. tslab itself reports a cell as done when its code has returned; it sends no
 * error message, and drops what it cannot send at once. So a cell here ends only when its figures are shown and its
 * unhandled rejections are reported, and then with a mark that counts the outputs sent before it:
 *
 *     execute ─► outputs … ─► shows settle ─► rejections reported ─► mark {outputs: n}
 *
 * A cell that threw has no mark. In a build, cells are compiled and figures are drawn by the build, for all kernels; each
 * kernel's own are its modules, its variables and its outputs.
 */

interface Handler {
  handleExecuteImpl(
    request: { readonly code: string },
    writeStream: WriteStream,
    writeDisplay: WriteDisplay,
  ): Promise<unknown>;
}
type WriteStream = (name: string, text: string) => void;
type WriteDisplay = (content: unknown, update: boolean) => void;

const require = createRequire(import.meta.url);
const cells = isServed() ? compileInBuild() : null;
const { JupyterHandlerImpl, ZmqServer } = require("tslab/dist/jupyter") as {
  JupyterHandlerImpl: { prototype: Handler };
  ZmqServer: { prototype: { close(): void } };
};
const { startKernel } = require("tslab/dist/main") as {
  startKernel(options: { configPath: string; enableFindLocal: boolean }): void;
};

const configPath = process.argv[2];
if (configPath === undefined) throw new Error("kernel needs the path of a Jupyter connection file");

const { SCHEDULING_SAFETY_MARKS: marks } = process.env;
endEveryCell(JupyterHandlerImpl.prototype, marks === "1");
endWithServer(ZmqServer.prototype);
endWithParent();
startKernel({ configPath, enableFindLocal: false });

function endEveryCell(handler: Handler, marks: boolean): void {
  const execute = handler.handleExecuteImpl;
  handler.handleExecuteImpl = async function (request, writeStream, writeDisplay) {
    let characters = 0;
    let displays = 0;
    const countStream: WriteStream = (name, text) => {
      characters += text.length;
      writeStream(name, text);
    };
    const countDisplay: WriteDisplay = (content, update) => {
      if (!update) displays += 1;
      writeDisplay(content, update);
    };
    await cells?.prepare(request.code);
    const result = await execute.call(this, request, countStream, countDisplay);
    cells?.executed();
    await displaysWritten();
    await new Promise(setImmediate);
    const mark = { [mime.endOfCell]: { characters, displays } };
    if (marks) writeDisplay({ data: mark, metadata: {}, transient: {} }, false);
    return result;
  };
}

/** Ends the process when the kernel shuts down, whatever a cell has left running. */
function endWithServer(server: { close(): void }): void {
  const close = server.close;
  server.close = function () {
    close.call(this);
    setTimeout(() => process.exit(), 500).unref();
    void closeBrowser().finally(() => process.exit());
  };
}

/**
 * Ends the process when the one that started it is gone, even while a cell hangs in a loop: hence a thread. Jupyter tells
 * who that was, since it may be gone before this runs; a program in between may stand for it.
 */
function endWithParent(): void {
  const watch = `
    const parent = process.ppid;
    const { JPY_PARENT_PID: starter } = process.env;
    setInterval(() => {
      try {
        if (starter !== undefined) process.kill(Number(starter), 0);
        if (process.ppid === parent) return;
      } catch {}
      process.kill(process.pid, "SIGKILL");
    }, 1000);
  `;
  new Worker(watch, { eval: true }).unref();
}
