import { expect, test } from "vitest";
import { Lines } from "../../src/watchdog/lines.ts";

test("a pool has its share of lines in a minute, and how many were kept back is said with the next", () => {
  const said: string[] = [];
  const lines = new Lines((text) => said.push(text));
  for (let line = 0; line < 25; line++) lines.say(`line ${line}`, "images", 0);
  lines.say("of another", "reports", 0);
  expect(said).toHaveLength(21);
  lines.say("later", "images", 60e9);
  expect(said.slice(21)).toEqual([
    "[watch] 5 more lines on `images` in the minute before\n",
    "[watch] later\n",
  ]);
});

test("names without end do not fill the memory: the oldest is forgotten, and has its share anew", () => {
  const said: string[] = [];
  const lines = new Lines((text) => said.push(text));
  for (let line = 0; line < 25; line++) lines.say("held", "first", 0);
  for (let number = 0; number < 1000; number++) lines.say("held", `job ${number}`, 0);
  lines.say("again", "first", 0);
  expect(said.at(-1)).toBe("[watch] again\n");
});
