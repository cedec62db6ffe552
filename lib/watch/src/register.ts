import events, { EventEmitterAsyncResource } from "node:events";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";
import { libraryNamed, type Pool, unsupported } from "./attach/pool-kinds.ts";
import { listeningVariable, tellListening } from "./attach/tell-listening.ts";
import { attach } from "./attach/watch-pool.ts";
import { printable } from "./printable.ts";
import { Watch } from "./watch.ts";

/**
 * Watches every Piscina and Tinypool pool that this process makes: `node --import scheduling-safety-watch/register app.js`.
 * Both extend one class of Node.js and hand it their name; that class is the one place to meet them all, whether they are
 * loaded as CommonJS, as modules, or from a bundle.
 */
const oldest = [22, 12] as const;

if (isMainThread) safely(register);

function register(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new Error(`Node.js ${process.version} is too old; the watch takes ${oldest.join(".")} or newer`);
  }
  Watch.current();
  const checkFolder = process.env[listeningVariable];
  if (checkFolder !== undefined) tellListening(checkFolder);
  const said = new Set<string>();
  const meet = (pool: object, poolClass: unknown, options: unknown) => {
    const library = libraryNamed((options as { name?: unknown } | undefined)?.name);
    if (library === null) return;
    const problem = unsupported(library, poolClass);
    if (problem === null) attachOnFirstUse(pool as Pool);
    else if (!said.has(problem)) {
      said.add(problem);
      Watch.current().say(problem);
    }
  };
  class Watched extends EventEmitterAsyncResource {
    constructor(options?: ConstructorParameters<typeof EventEmitterAsyncResource>[0]) {
      super(options);
      const poolClass = new.target;
      safely(() => meet(this, poolClass, options));
    }
  }
  Object.defineProperty(Watched, "name", { value: EventEmitterAsyncResource.name });
  Object.defineProperty(events, "EventEmitterAsyncResource", {
    value: Watched,
    configurable: true,
    enumerable: true,
    writable: true,
  });
  syncBuiltinESMExports();
}

/**
 * The pool's own fields are not there before its constructor ends: it is attached after that, or with its first task; beneath
 * what somebody has wrapped around its `run` by then.
 */
function attachOnFirstUse(pool: Pool): void {
  let { run } = pool;
  let isAttached = false;
  const first: Pool["run"] = (task, options) => {
    ensure();
    return run.call(pool, task, options);
  };
  Object.defineProperty(pool, "run", { value: first, configurable: true, writable: true });
  queueMicrotask(ensure);

  function ensure(): void {
    if (isAttached) return;
    isAttached = true;
    safely(() => {
      const { run: outermost } = pool;
      delete (pool as Partial<Pool>).run;
      try {
        attach(pool, {});
        ({ run } = pool);
      } finally {
        if (outermost !== first) pool.run = outermost;
      }
    });
  }
}

/** Whatever fails here must not hinder the program. */
function safely(act: () => void): void {
  try {
    act();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`[watch] nothing is watched: ${printable(reason)}\n`);
  }
}
