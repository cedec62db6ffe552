import { createRequire } from "node:module";
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
 * Outside a notebook kernel it only returns the bundle.
 */
export function display(bundle: Bundle): Bundle;
export function display(bundle: Promise<Bundle>): Promise<Bundle>;
export function display(bundle: Bundle | Promise<Bundle>): Bundle | Promise<Bundle> {
  const write = cellWriter();
  if (!(bundle instanceof Promise)) return writeTo(write, bundle);
  const shown = bundle.then((ready) => writeTo(write, ready));
  const settled = shown.catch(() => undefined).finally(() => pending.delete(settled));
  pending.add(settled);
  return shown;
}

/** Resolves when every display under way has reached its cell; the kernel ends a cell with it. */
export async function displaysWritten(): Promise<void> {
  while (pending.size > 0) await Promise.all(pending);
}

function writeTo(write: Write | null, bundle: Bundle): Bundle {
  write?.({ ...bundle, transient: {} }, false);
  return bundle;
}

/** tslab keeps the writer of the running cell here; `display.raw`, its public door, carries one MIME type only. */
function cellWriter(): Write | null {
  if (!("__tslab__" in globalThis)) return null;
  const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter") as {
    lastWriteDisplayData: Write | null;
  };
  return jupyter.lastWriteDisplayData;
}
