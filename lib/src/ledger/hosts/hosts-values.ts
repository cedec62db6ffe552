import type { Handed } from "../../summary/handed.ts";
import type { HostsLedger } from "./judge-hosts.ts";

/** Names what the article cites of the ledger over hosts. */
export function hostsValues({ hosts, refused, claims }: HostsLedger): Handed {
  const judged = claims.filter(({ verdicts }) => verdicts.length > 0);
  const count = (test: (row: HostsLedger["claims"][number]) => boolean) => judged.filter(test).length;
  return {
    hosts: hosts.length,
    hostsRefusedTables: refused.length,
    hostsClaims: judged.length,
    hostsClaimsOnSeveral: count(({ verdicts }) => verdicts.length > 1),
    hostsClaimsHoldWhereDecided: count(({ holds, fails }) => holds > 0 && fails === 0),
    hostsClaimsFailWhereDecided: count(({ holds, fails }) => holds === 0 && fails > 0),
    hostsClaimsDisputed: count(({ holds, fails }) => holds > 0 && fails > 0),
  };
}
