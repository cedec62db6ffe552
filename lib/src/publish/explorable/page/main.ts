/// <reference lib="dom" />
import { startCliff } from "./cliff.ts";
import { startGuess } from "./guess.ts";

for (const figure of document.querySelectorAll<HTMLElement>('[data-explorable="cliff"]')) startCliff(figure);
for (const figure of document.querySelectorAll<HTMLElement>('[data-explorable="guess"]')) startGuess(figure);
