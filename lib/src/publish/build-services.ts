import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import type * as v from "valibot";
import { entryBeside } from "../measure/entry-beside.ts";
import { parseJson } from "../measure/parse-json.ts";
import { closeBrowser } from "./browser.ts";
import {
  type Answer,
  type BuildQuestions,
  buildQuestions,
  type CellQuestion,
  type CompiledCell,
  type Question,
} from "./build-questions.ts";
import { drawSvg } from "./render-svg.ts";

type Services = { [Name in keyof BuildQuestions]: (question: Question<Name>) => Promise<Answer<Name>> };

const kernelsQuestion = { noun: "question of a kernel", remedy: "run make notebooks again" };

/**
 * Does for all kernels of one build what has no state of theirs and is dear to start: one thread compiles their cells, one
 * browser draws their figures. Listens on this host only, at an address that only the kernels are told.
 */
export async function startBuildServices(): Promise<{ address: string; stop(): Promise<void> }> {
  const compiler = startCompiler();
  const services: Services = {
    cell: compiler.compile,
    figure: ({ id, drawing }) => drawSvg(id, drawing),
  };
  const secret = randomUUID();
  const server = createServer(async (request, response) => {
    const [, told, name] = request.url?.split("/") ?? [];
    try {
      if (told !== secret) throw new TypeError("question came from a stranger");
      response.end(JSON.stringify({ answer: await answerTo(services, name, await text(request)) }));
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

function answerTo(services: Services, name: string | undefined, asked: string): Promise<unknown> {
  switch (name) {
    case "cell":
      return services.cell(read(buildQuestions.cell.question, asked));
    case "figure":
      return services.figure(read(buildQuestions.figure.question, asked));
    default:
      throw new TypeError(`question is unknown: ${name}`);
  }
}

function read<T>(schema: v.GenericSchema<unknown, T>, asked: string): T {
  return parseJson(asked, schema, kernelsQuestion);
}

function startCompiler() {
  const thread = new Worker(entryBeside(import.meta.url, "cell-compiler"));
  const waiting = new Map<number, PromiseWithResolvers<CompiledCell>>();
  let count = 0;
  let broken: Error | undefined;
  // As where an installation lacks what it loads.
  thread.on("error", (error: Error) => {
    broken = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  thread.on("message", ({ number, answer, problem }) => {
    if (problem === undefined) waiting.get(number)?.resolve(answer);
    else waiting.get(number)?.reject(new Error(problem));
    waiting.delete(number);
  });
  return {
    compile(question: CellQuestion): Promise<CompiledCell> {
      if (broken) return Promise.reject(broken);
      const answer = Promise.withResolvers<CompiledCell>();
      waiting.set(count, answer);
      thread.postMessage({ number: count++, question });
      return answer.promise;
    },
    stop: () => thread.terminate(),
  };
}
