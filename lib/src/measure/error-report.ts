import { pathToFileURL } from "node:url";
import { projectRoot } from "./project-root.ts";

/** What an error said and where it surfaced, without anything that belongs to one machine. */
export interface ErrorReport {
  /** Name and message, as in "TimeoutError: The operation was aborted due to timeout". */
  readonly message: string;
  /**
   * The frames of its stack, "function (file)", innermost first, one a line; empty for an error without stack. Each cause
   * follows: a line with its message, then its frames.
   */
  readonly stack: string;
}

/** Reports an error; files of the project by their path within it, those of the runtime as the runtime names them. */
export function reportError(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { message: String(error), stack: "" };
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => frame(line.trim().slice("at ".length)));
  return {
    message: portable(`${error.name}: ${error.message}`),
    stack: [...frames, ...causes(error.cause)].join("\n"),
  };
}

function causes(cause: unknown): string[] {
  if (cause === undefined) return [];
  const { message, stack } = reportError(cause);
  return [`caused by ${message}`, ...(stack === "" ? [] : [stack])];
}

/** Positions are left out: they differ between the source and what is compiled from it, or from call to call. */
function frame(text: string): string {
  const [, name = "(anonymous)", place = text] = /^(.*?) \((.*)\)$/.exec(text) ?? [];
  return `${name} (${portable(place).replace(/(:\d+)+$|(?<=^index) \d+$/, "")})`;
}

/** Compiled code passes for its source, whose file it mirrors; packages lie in the project, wherever links lead. */
function portable(text: string): string {
  return text
    .replaceAll(`${pathToFileURL(projectRoot).href}/`, "")
    .replaceAll(`${projectRoot}/`, "")
    .replace(/(?:file:\/\/)?\/\S*\/node_modules\//g, "node_modules/")
    .replace(/lib\/dist\/(\S+?)\.js/g, "lib/src/$1.ts");
}
