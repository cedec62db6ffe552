import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type AnyNode, type Expression, type Program, parse, type SpreadElement } from "acorn";
import { full } from "acorn-walk";
import { entryBeside } from "./entry-beside.ts";

/** One module of ours: what it does, and where its imports lead. */
export interface ModuleNode {
  readonly path: string;
  /** Its syntax without imports, comments and places. */
  readonly body: string;
  readonly imports: readonly {
    /** What is imported, or how a thread or process is started. */
    readonly names: string;
    /** Path of a module of ours, or the name of a package or built-in. */
    readonly to: string;
  }[];
}

/**
 * Identifies what modules do, with all that they load. Each counts by its syntax, and each of its imports by the syntax of
 * the module it leads to, so that neither comments nor places change the identity.
 *
 * @param entries paths of modules
 * @param known modules that were read before, and then those that were read now
 * @returns SHA-256 in hexadecimal
 * @throws {SyntaxError} when a module cannot be parsed.
 */
export function identifyModules(entries: readonly string[], known?: Map<string, ModuleNode>): string {
  const graph = readModuleGraph(entries, known);
  const syntax = new Map(graph.map(({ path, body }) => [path, sha256(body)]));
  const modules = graph.map(({ path, imports }) => {
    const leads = imports.map(({ names, to }) => `${names} from ${syntax.get(to) ?? to}`);
    return [syntax.get(path), ...leads.sort()].join("\n");
  });
  return sha256(modules.sort().join("\n\n"));
}

/**
 * Reads the modules that the given ones load, themselves included: by import, and by `entryBeside`, which names the entry
 * points of threads and processes.
 *
 * @throws {SyntaxError} when a module cannot be parsed.
 */
export function readModuleGraph(
  entries: readonly string[],
  known: Map<string, ModuleNode> = new Map(),
): ModuleNode[] {
  const nodes = new Map<string, ModuleNode>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (nodes.has(path)) continue;
    const node = known.get(path) ?? readModule(path);
    known.set(path, node);
    nodes.set(path, node);
    waiting.push(...node.imports.map(({ to }) => to).filter((to) => to.startsWith("/")));
  }
  return [...nodes.values()];
}

function readModule(path: string): ModuleNode {
  const text = readFileSync(path, "utf8");
  const code = extname(path) === ".ts" ? stripTypeScriptTypes(text) : text;
  const program = parse(code, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true });
  const imports: ModuleNode["imports"][number][] = [];
  full(program, (node) => {
    const lead = leadOf(node, path);
    if (lead) imports.push(lead);
    if (lead && node.type === "CallExpression") node.arguments.length = 1;
  });
  return { path, body: JSON.stringify(bodyOf(program), withoutPlaces), imports };
}

function leadOf(node: AnyNode, path: string): ModuleNode["imports"][number] | null {
  switch (node.type) {
    case "ImportDeclaration":
      return { names: namesOf(node.specifiers), to: resolve(node.source.value, path) };
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      if (!node.source) return null;
      return {
        names: `export ${node.type === "ExportAllDeclaration" ? "*" : namesOf(node.specifiers)}`,
        to: resolve(node.source.value, path),
      };
    case "ImportExpression":
      return isText(node.source) ? { names: "import()", to: resolve(node.source.value, path) } : null;
    case "CallExpression": {
      const name = node.arguments[1];
      if (node.callee.type !== "Identifier" || node.callee.name !== "entryBeside" || !isText(name))
        return null;
      return { names: "start", to: fileURLToPath(entryBeside(pathToFileURL(path).href, name.value)) };
    }
    default:
      return null;
  }
}

function isText(
  node: Expression | SpreadElement | undefined,
): node is Extract<Expression, { type: "Literal" }> & { value: string } {
  return node?.type === "Literal" && typeof node.value === "string";
}

function namesOf(specifiers: readonly AnyNode[]): string {
  return specifiers
    .map((specifier) => JSON.stringify(specifier, withoutPlaces))
    .sort()
    .join();
}

/** Follows relative imports and this project's packages; other packages are the lockfile's. */
function resolve(specifier: unknown, path: string): string {
  const name = String(specifier);
  if (name.startsWith(".")) return fileURLToPath(new URL(name, pathToFileURL(path)));
  return /^scheduling-safety(-watch)?(\/|$)/.test(name)
    ? fileURLToPath(import.meta.resolve(name, pathToFileURL(path).href))
    : name;
}

function bodyOf({ body }: Program): readonly AnyNode[] {
  return body.filter(
    (node) =>
      node.type !== "ImportDeclaration" &&
      node.type !== "ExportAllDeclaration" &&
      !(node.type === "ExportNamedDeclaration" && node.source),
  );
}

function withoutPlaces(this: unknown, key: string, value: unknown): unknown {
  if (key === "start" || key === "end" || key === "raw") return undefined;
  return typeof value === "bigint" ? String(value) : value;
}

function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
