/// <reference lib="dom" />
import { startLedger } from "./ledger.ts";
import { startSearch } from "./search.ts";

const contents = document.querySelector<HTMLElement>(".contents ol");
if (contents !== null) startSearch(contents);
for (const ledger of document.querySelectorAll<HTMLElement>("[data-ledger]")) startLedger(ledger);
