import events, { EventEmitterAsyncResource } from "node:events";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";
import { libraryNamed, type Pool, unsupported } from "./attach/pool-kinds.ts";
import { listeningVariable, tellListening } from "./attach/tell-listening.ts";
import { attach } from "./attach/watch-pool.ts";
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

/** The pool's own fields are not there before its constructor ends: it is attached after that, or with its first task. */
function attachOnFirstUse(pool: Pool): void {
  const first: Pool["run"] = (task, options) => {
    ensure();
    return pool.run(task, options);
  };
  Object.defineProperty(pool, "run", { value: first, configurable: true, writable: true });
  queueMicrotask(ensure);

  function ensure(): void {
    if (pool.run !== first) return;
    delete (pool as Partial<Pool>).run;
    safely(() => attach(pool, {}));
  }
}

/** Whatever fails here must not hinder the program. */
function safely(act: () => void): void {
  try {
    act();
  } catch (error) {
    process.stderr.write(`[watch] nothing is watched: ${(error as Error).message}\n`);
  }
}
