import type { Claim } from "./claim.ts";
import { mutexConvoyClaims } from "./mutex-convoy.ts";

/** Every claim that a host's data are asked about, in the order of the article. */
export const ledger: readonly Claim[] = [...mutexConvoyClaims];
