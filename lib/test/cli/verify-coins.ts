import { vi } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { registerVerify } from "../../src/cli/verify.ts";
import { defineStudy, type Study } from "../../src/studies/study.ts";
import { coins, manyCoins } from "../audit/small-data-set.ts";

/** The module that stands for the code which measures coins. */
export const coinsModule = new URL("../audit/small-data-set.ts", import.meta.url);

export const coinsStudy = studyOf(coins);
export const manyCoinsStudy = studyOf(manyCoins);

export function studyOf(experiment: typeof coins): Study {
  const { name } = experiment;
  return defineStudy({ name, module: coinsModule, experiment: () => experiment, claims: [], figures: {} });
}

/** Runs `verify` on a folder, for a program that knows these studies, and gathers what it complains of. */
export async function verifyCoins(folder: string, studies: readonly Study[] = [coinsStudy]) {
  let complained = "";
  const stderr = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  try {
    const code = await runCli(["verify", folder], [registerVerify], { studies, print: () => {} });
    return { code, complained };
  } finally {
    stderr.mockRestore();
  }
}
