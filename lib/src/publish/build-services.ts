import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import { entryBeside } from "../measure/entry-beside.ts";
import { closeBrowser } from "./browser.ts";
import type { CellQuestion, CompiledCell } from "./cell-compiler.ts";
import { type Drawing, drawSvg } from "./render-svg.ts";

/** What a kernel may have done elsewhere, and how it is asked. */
export interface BuildServices {
  cell(question: CellQuestion): Promise<CompiledCell>;
  figure(question: { readonly id: string; readonly drawing: Drawing }): Promise<string>;
}

/**
 * Does for all kernels of one build what has no state of theirs and is dear to start: one thread compiles their cells, one
 * browser draws their figures. Listens on this host only, at an address that only the kernels are told.
 */
export async function startBuildServices(): Promise<{ address: string; stop(): Promise<void> }> {
  const compiler = startCompiler();
  const services: BuildServices = {
    cell: compiler.compile,
    figure: ({ id, drawing }) => drawSvg(id, drawing),
  };
  const secret = randomUUID();
  const server = createServer(async (request, response) => {
    const [, told, name] = request.url?.split("/") ?? [];
    const serve = told === secret ? services[name as keyof BuildServices] : undefined;
    try {
      if (serve === undefined) throw new TypeError(`nothing is served at ${request.url}`);
      const answer = await serve((await json(request)) as never);
      response.end(JSON.stringify({ answer }));
    } catch (error) {
      response.end(JSON.stringify({ problem: error instanceof Error ? error.message : String(error) }));
    }
  }).listen(0, "127.0.0.1");
  await new Promise<void>((resolve) => server.once("listening", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await Promise.all([compiler.stop(), closeBrowser()]);
    },
  };
}

function startCompiler() {
  const thread = new Worker(entryBeside(import.meta.url, "cell-compiler"));
  const waiting = new Map<number, PromiseWithResolvers<CompiledCell>>();
  let count = 0;
  thread.on("message", ({ number, answer, problem }) => {
    if (problem === undefined) waiting.get(number)?.resolve(answer);
    else waiting.get(number)?.reject(new Error(problem));
    waiting.delete(number);
  });
  return {
    compile(question: CellQuestion): Promise<CompiledCell> {
      const answer = Promise.withResolvers<CompiledCell>();
      waiting.set(count, answer);
      thread.postMessage({ number: count++, question });
      return answer.promise;
    },
    stop: () => thread.terminate(),
  };
}
