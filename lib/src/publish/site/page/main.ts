/// <reference lib="dom" />
import { offerCopy } from "./copy-code.ts";
import { startLedger } from "./ledger.ts";
import { offerPicture } from "./picture.ts";
import { offerPreview } from "./preview.ts";
import { startSearch } from "./search.ts";

const search = document.querySelector<HTMLElement>(".search");
if (search !== null) startSearch(search);
for (const ledger of document.querySelectorAll<HTMLElement>("[data-ledger]")) startLedger(ledger);
for (const code of document.querySelectorAll<HTMLPreElement>(":is(main, footer) pre:not(.line)"))
  offerCopy(code);
for (const link of document.querySelectorAll<HTMLAnchorElement>("main a:is(.cite, .xref)"))
  offerPreview(link);
for (const figure of document.querySelectorAll<HTMLElement>("figure.figure")) offerPicture(figure);
