/// <reference lib="dom" />
import { startLedger } from "./ledger.ts";
import { startSearch } from "./search.ts";

const search = document.querySelector<HTMLElement>(".search");
if (search !== null) startSearch(search);
for (const ledger of document.querySelectorAll<HTMLElement>("[data-ledger]")) startLedger(ledger);
