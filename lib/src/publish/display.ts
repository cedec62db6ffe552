import { createRequire } from "node:module";
import { mime } from "./mime.ts";
import type { Json } from "./plain-json.ts";

/** One output of a cell in several forms; a reader's program shows the richest it knows. */
export interface Bundle {
  readonly data: { readonly [mime: string]: Json };
  readonly metadata: { readonly [key: string]: Json };
}

type Write = (content: Bundle & { transient: Record<string, never> }, update: boolean) => void;

const pending = new Set<Promise<unknown>>();

/**
 * Displays a bundle in the cell that makes this call, even if the bundle is ready only after the cell has ended.
 * Outside a notebook kernel its plain text goes to stdout.
 */
export function display(bundle: Bundle): void;
export function display(bundle: Promise<Bundle>): Promise<void>;
export function display(bundle: Bundle | Promise<Bundle>): void | Promise<void> {
  const write = cellWriter();
  if (!(bundle instanceof Promise)) return write(bundle);
  const shown = bundle.then(write);
  const settled = shown.catch(() => undefined).finally(() => pending.delete(settled));
  pending.add(settled);
  return shown;
}

/** Resolves when every display under way has reached its cell; the kernel ends a cell with it. */
export async function displaysWritten(): Promise<void> {
  while (pending.size > 0) await Promise.all(pending);
}

/** tslab keeps the writer of the running cell here; `display.raw`, its public door, carries one MIME type only. */
function cellWriter(): (bundle: Bundle) => void {
  if (!("__tslab__" in globalThis)) return (bundle) => console.log(bundle.data[mime.text]);
  const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter") as { lastWriteDisplayData: Write };
  const write = jupyter.lastWriteDisplayData;
  return (bundle) => write({ ...bundle, transient: {} }, false);
}
