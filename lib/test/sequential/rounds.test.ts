import { describe, expect, test } from "vitest";
import type { Cell } from "../../src/sequential/cells-read.ts";
import { type Question, Rounds } from "../../src/sequential/rounds.ts";

const looks = [
  { share: 0.25, bound: 2.5, runs: 2, level: 0.99 },
  { share: 0.5, bound: 2.5, runs: 4, level: 0.99 },
  { share: 1, bound: 2.5, runs: 8, level: 0.99 },
];
const cell = (key: string, expectedMs: number): Cell => ({ key, part: "base", levels: {}, expectedMs });
const question = (claim: string, ...cells: Cell[]): Question => ({ claim, experiment: "coins", cells });
const names = (round: readonly Question[]) => round.map(({ claim }) => claim);

const cheap = question("cheap", cell("a", 100));
const dear = question("dear", cell("b", 1000));
const both = question("both", cell("a", 100), cell("b", 1000));

describe("rounds without a budget", () => {
  test("bring every open question to its next look, and end when none is open", () => {
    const rounds = new Rounds([cheap, dear], looks);
    expect(names(rounds.next())).toEqual(["cheap", "dear"]);
    expect([rounds.runsOf("coins", "a"), rounds.runsOf("coins", "b")]).toEqual([2, 2]);
    expect(rounds.lookOf(cheap)).toBe(looks[0]);
    rounds.judged(cheap, { verdict: "fails" });
    rounds.judged(dear, { verdict: "not testable here" });
    expect(names(rounds.next())).toEqual(["dear"]);
    expect([rounds.runsOf("coins", "a"), rounds.runsOf("coins", "b")]).toEqual([2, 4]);
    rounds.judged(dear, { verdict: "not testable here" });
    expect(names(rounds.next())).toEqual(["dear"]);
    rounds.judged(dear, { verdict: "not testable here" });
    expect(rounds.next()).toEqual([]);
    expect(rounds.standing(cheap)).toEqual({ looks: 1, verdict: "fails" });
    expect(rounds.standing(dear)).toEqual({ looks: 3, verdict: "not testable here" });
    expect(rounds.spentMs).toBe(2 * 100 + 8 * 1000);
  });

  test("pay a run once, whoever reads it", () => {
    const rounds = new Rounds([cheap, dear, both], looks);
    rounds.next();
    expect(rounds.spentMs).toBe(2 * 100 + 2 * 1000);
  });

  test("leave a question alone that no run can decide", () => {
    const rounds = new Rounds([cheap], looks);
    rounds.next();
    rounds.close(cheap);
    expect(rounds.next()).toEqual([]);
  });
});

describe("a budget", () => {
  test("is spent on the cheapest verdicts first, and never exceeded", () => {
    const rounds = new Rounds([dear, cheap], looks, 2300);
    expect(names(rounds.next())).toEqual(["cheap"]);
    rounds.judged(cheap, { verdict: "holds" });
    expect(names(rounds.next())).toEqual(["dear"]);
    rounds.judged(dear, { verdict: "not testable here" });
    expect(rounds.next()).toEqual([]);
    expect(rounds.spentMs).toBe(2200);
  });

  test("goes to the question whose interval is nearly narrow enough before one that no look would decide", () => {
    const near = question("near", cell("c", 100));
    const hopeless = question("hopeless", cell("d", 10));
    const rounds = new Rounds([hopeless, near], looks, 1000);
    expect(names(rounds.next())).toEqual(["hopeless"]);
    rounds.judged(hopeless, { verdict: "not testable here", strain: 100 });
    expect(names(rounds.next())).toEqual(["near"]);
    rounds.judged(near, { verdict: "not testable here", strain: 1.2 });
    expect(names(rounds.next())).toEqual(["near"]);
    rounds.judged(near, { verdict: "holds", strain: 0.9 });
    expect(names(rounds.next())).toEqual(["hopeless"]);
  });

  test("does not give up a question of whose interval few runs leave a bound open", () => {
    const open = question("open", cell("d", 10));
    const other = question("other", cell("c", 100));
    const rounds = new Rounds([open, other], looks, 1000);
    expect(names(rounds.next())).toEqual(["open"]);
    rounds.judged(open, { verdict: "not testable here", strain: Number.POSITIVE_INFINITY });
    expect(names(rounds.next())).toContain("open");
  });

  test("is the same again for the same findings", () => {
    const follow = () => {
      const rounds = new Rounds([dear, both, cheap], looks, 9000);
      const story: string[][] = [];
      for (let round = rounds.next(); round.length > 0; round = rounds.next()) {
        story.push(names(round));
        for (const one of round) rounds.judged(one, { verdict: "not testable here", strain: 1.1 });
      }
      return story;
    };
    expect(follow()).toEqual(follow());
    expect(follow().length).toBeGreaterThan(2);
  });
});
