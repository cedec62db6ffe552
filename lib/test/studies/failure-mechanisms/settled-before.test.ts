import { expect, test } from "vitest";
import { settledBefore } from "../../../src/studies/failure-mechanisms/settled-before.ts";

const never = new Promise<never>(() => {});

test("gives the work's result, or its error, when it settles first", async () => {
  const { signal } = new AbortController();
  await expect(settledBefore(signal, Promise.resolve(7))).resolves.toBe(7);
  await expect(settledBefore(signal, Promise.reject(new Error("own")))).rejects.toThrow("own");
});

test("rejects with the very reason of the signal, aborted before or meanwhile", async () => {
  const reason = new Error("deadline");
  await expect(settledBefore(AbortSignal.abort(reason), never)).rejects.toBe(reason);
  const controller = new AbortController();
  const settled = settledBefore(controller.signal, never);
  controller.abort(reason);
  await expect(settled).rejects.toBe(reason);
});
