/// <reference lib="dom" />
import { startCliff } from "./cliff.ts";

for (const figure of document.querySelectorAll<HTMLElement>('[data-explorable="cliff"]')) startCliff(figure);
