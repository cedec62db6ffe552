import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Envelope } from "../memory/ticket.ts";
import { holding, memoryOf } from "./stamp.ts";

type Handler = (task: unknown) => unknown;

const handlers = new Map<string, Map<string, Handler>>();
const require = createRequire(import.meta.url);

/** Runs a pool's task in place of its own module, which it loads as the pool would, and stamps when it holds the worker. */
export function run(envelope: Envelope): unknown {
  const memory = memoryOf(envelope);
  if (memory === null) return act(envelope);
  return holding(memory, envelope.schedulingSafetyTicket, () => act(envelope));
}

function act({ filename = "", name = "", task }: Envelope): unknown {
  const known = handlers.get(filename)?.get(name);
  if (known === undefined) return load(filename, name).then((handler) => handler(task));
  const result = known(task);
  return isThenable(result) ? Promise.resolve(result) : result;
}

function isThenable(result: unknown): boolean {
  return typeof (result as PromiseLike<unknown> | null | undefined)?.then === "function";
}

async function load(filename: string, name: string): Promise<Handler> {
  const handler = (await fromCommonJs(filename, name)) ?? (await fromModule(filename, name));
  if (handler === null) throw new Error(`No handler function exported from ${filename}`);
  const ofFile = handlers.get(filename) ?? new Map<string, Handler>();
  handlers.set(filename, ofFile.set(name, handler));
  return handler;
}

/** Piscina asks `require` first, so that a module which is both is loaded once. */
async function fromCommonJs(filename: string, name: string): Promise<Handler | null> {
  try {
    return await exported(require(filename), name);
  } catch {
    return null;
  }
}

async function fromModule(filename: string, name: string): Promise<Handler | null> {
  const url = filename.startsWith("file:") ? filename : pathToFileURL(filename).href;
  return exported(await import(url), name);
}

/** Finds the function that a pool would call: what the module is, or exports by that name or as its default's property. */
async function exported(module: unknown, name: string): Promise<Handler | null> {
  if (typeof module === "function" && name === "default") return module as Handler;
  const found: unknown = await (module as Record<string, unknown>)[name];
  if (typeof found === "function") return found as Handler;
  const inDefault: unknown = (module as { default?: Record<string, unknown> }).default?.[name];
  return typeof inDefault === "function" ? (inDefault as Handler) : null;
}
