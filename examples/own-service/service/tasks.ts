import { pbkdf2Sync } from "node:crypto";

/** Computes the price of a basket: next to nothing. */
export function price(items: number): number {
  return items * 7;
}

/** Signs a receipt, which holds its worker for tens of milliseconds. */
export function receipt(text: string): string {
  const untilMs = performance.now() + 60;
  let signature = text;
  while (performance.now() < untilMs)
    signature = pbkdf2Sync(signature, "shop", 500, 16, "sha256").toString("hex");
  return signature;
}
