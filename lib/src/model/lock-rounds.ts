import { pollMs } from "./blocker-sweep.ts";
import { takesShare } from "./even-share.ts";
import type { Simulation, Workload } from "./simulation.ts";

/** The tasks of the mutex-convoy experiment on a fair lock, as a model sees them. */
export interface LockRounds {
  readonly users: number;
  readonly rounds: number;
  /** Share of the users that take the lock; 0 where there is none. */
  readonly contendingShare: number;
  /** Polls for which the lock is held. */
  readonly sectionPolls: number;
  /** Sleeps of a round with the lock and of one without. */
  readonly sleepsAfterSection: number;
  readonly sleepsAlone: number;
  readonly sleepMs: number;
  readonly timeoutMs: number;
  readonly blockers: number;
  /** A blocker holds its worker for so long, again and again, until all rounds are over. */
  readonly blockMs: number;
  readonly blockSpreadMs: number;
  readonly random: () => number;
}

/** The measured parameters: 100 tasks, ten rounds each under 200 ms, a lock held across three polls. */
export const measuredConvoy = {
  users: 100,
  rounds: 10,
  contendingShare: 0.3,
  sectionPolls: 3,
  sleepsAfterSection: 2,
  sleepsAlone: 5,
  sleepMs: 1,
  timeoutMs: 200,
  blockMs: 50,
  blockSpreadMs: 10,
} as const satisfies Partial<LockRounds>;

/**
 * What a user is about.
 *
 *     starting ─▶ in-line ─▶ granted ─▶ holding ─▶ sleeping ─▶ the next round, or ended
 *                    └─ deadline ─▶ giving-up ─┐
 *                                              └▶ leaves the line once a worker has run it; granted meanwhile, it still owns
 */
type Step = "starting" | "in-line" | "granted" | "holding" | "giving-up" | "sleeping" | "ended";

/** A stretch of time that a user spent with the lock, or in line for it (ms). */
export interface LockSpan {
  readonly user: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Users of one fair lock under a deadline, tasks beside them that take none, and blockers. Tasks are users, then blockers. */
export class LockRoundsWorkload implements Workload {
  readonly tasks: number;
  /** Rounds of those who take the lock, or would, and of the others. */
  readonly finished = { contenders: 0, bystanders: 0 };
  readonly failed = { contenders: 0, bystanders: 0 };
  readonly lines: LockSpan[] = [];
  readonly holds: LockSpan[] = [];
  readonly #design: LockRounds;
  readonly #step: Step[];
  readonly #left: Int32Array;
  readonly #round: Int32Array;
  /** 1 from the deadline of the present round on. */
  readonly #late: Uint8Array;
  readonly #sinceMs: Float64Array;
  /** Deadlines in the order in which they come, which is that in which rounds began. */
  readonly #deadlines: { readonly user: number; readonly round: number; readonly atMs: number }[] = [];
  readonly #line: number[] = [];
  #held = false;
  #usersLeft: number;
  #simulation: Simulation | undefined;

  constructor(design: LockRounds) {
    const { users, blockers } = design;
    this.#design = design;
    this.tasks = users + blockers;
    this.#usersLeft = users;
    this.#step = Array.from({ length: users }, () => "starting");
    this.#left = new Int32Array(users);
    this.#round = new Int32Array(users);
    this.#late = new Uint8Array(users);
    this.#sinceMs = new Float64Array(users);
  }

  place(task: number): number {
    return task;
  }

  /** Whether a user is one of those who take the lock, or would if there were one. */
  contends(user: number): boolean {
    return takesShare(user, measuredConvoy.contendingShare);
  }

  begin(simulation: Simulation): void {
    this.#simulation = simulation;
    const { users, blockers, blockMs, sleepsAlone, sleepMs, random } = this.#design;
    for (let blocker = 0; blocker < blockers; blocker++) this.#block(users + blocker, blockMs * random());
    for (let user = 0; user < users; user++) {
      simulation.holdMs[user] = pollMs;
      simulation.sleepUntil(user, random() * sleepsAlone * sleepMs);
    }
  }

  /** A deadline has come. Who stands in line leaves it, for which it needs a worker as well. */
  alarm(): void {
    const simulation = this.#simulation as Simulation;
    while ((this.#deadlines[0]?.atMs ?? Number.POSITIVE_INFINITY) <= simulation.nowMs) {
      const { user, round } = this.#deadlines.shift() as { user: number; round: number };
      if (this.#step[user] === "ended" || this.#round[user] !== round) continue;
      this.#late[user] = 1;
      if (this.#step[user] !== "in-line") continue;
      this.#step[user] = "giving-up";
      simulation.submit(user);
    }
    this.#setAlarm();
  }

  ended(task: number): void {
    const { users, blockMs, blockSpreadMs, random } = this.#design;
    if (task >= users) {
      if (this.#usersLeft > 0) this.#block(task, blockMs + blockSpreadMs * (2 * random() - 1));
      return;
    }
    switch (this.#step[task]) {
      case "starting":
        this.#beginRound(task);
        break;
      case "sleeping":
        this.#slept(task);
        break;
      case "granted":
        this.#owns(task);
        break;
      case "holding":
        this.#polledUnderLock(task);
        break;
      case "giving-up":
        this.#gaveUp(task);
        break;
    }
  }

  #beginRound(user: number): void {
    const { nowMs } = this.#simulation as Simulation;
    const { timeoutMs, contendingShare, sleepsAlone } = this.#design;
    this.#late[user] = 0;
    this.#deadlines.push({ user, round: this.#round[user] as number, atMs: nowMs + timeoutMs });
    if (this.#deadlines.length === 1) this.#setAlarm();
    if (contendingShare > 0 && this.contends(user)) this.#request(user);
    else this.#sleep(user, sleepsAlone);
  }

  #request(user: number): void {
    const { nowMs } = this.#simulation as Simulation;
    this.#sinceMs[user] = nowMs;
    if (this.#held) {
      this.#step[user] = "in-line";
      this.#line.push(user);
      return;
    }
    this.#held = true;
    this.#hold(user);
  }

  /** The lock is handed to the oldest in line, who owns it from now on and needs a worker to know. */
  #handOver(): void {
    const simulation = this.#simulation as Simulation;
    const user = this.#line.shift();
    this.#held = user !== undefined;
    if (user === undefined) return;
    this.lines.push({ user, fromMs: this.#sinceMs[user] as number, untilMs: simulation.nowMs });
    this.#sinceMs[user] = simulation.nowMs;
    if (this.#step[user] === "in-line") simulation.submit(user);
    this.#step[user] = "granted";
  }

  #owns(user: number): void {
    if (this.#late[user] === 1) this.#release(user);
    else this.#hold(user);
  }

  #hold(user: number): void {
    this.#step[user] = "holding";
    this.#left[user] = this.#design.sectionPolls;
    this.#simulation?.submit(user);
  }

  #polledUnderLock(user: number): void {
    const left = (this.#left[user] as number) - 1;
    this.#left[user] = left;
    if (left > 0 && this.#late[user] === 0) this.#simulation?.submit(user);
    else this.#release(user);
  }

  #release(user: number): void {
    const { nowMs } = this.#simulation as Simulation;
    this.holds.push({ user, fromMs: this.#sinceMs[user] as number, untilMs: nowMs });
    this.#handOver();
    if (this.#late[user] === 1) this.#endRound(user);
    else this.#sleep(user, this.#design.sleepsAfterSection);
  }

  #gaveUp(user: number): void {
    const { nowMs } = this.#simulation as Simulation;
    this.lines.push({ user, fromMs: this.#sinceMs[user] as number, untilMs: nowMs });
    this.#line.splice(this.#line.indexOf(user), 1);
    this.#endRound(user);
  }

  #sleep(user: number, sleeps: number): void {
    const simulation = this.#simulation as Simulation;
    this.#step[user] = "sleeping";
    this.#left[user] = sleeps;
    simulation.sleepUntil(user, simulation.nowMs + this.#design.sleepMs);
  }

  #slept(user: number): void {
    const left = (this.#left[user] as number) - 1;
    if (left > 0 && this.#late[user] === 0) this.#sleep(user, left);
    else this.#endRound(user);
  }

  #endRound(user: number): void {
    const role = this.contends(user) ? "contenders" : "bystanders";
    this.finished[role]++;
    if (this.#late[user] === 1) this.failed[role]++;
    const round = (this.#round[user] as number) + 1;
    this.#round[user] = round;
    if (round < this.#design.rounds) {
      this.#beginRound(user);
      return;
    }
    this.#step[user] = "ended";
    this.#usersLeft--;
  }

  #block(task: number, holdMs: number): void {
    const simulation = this.#simulation as Simulation;
    simulation.holdMs[task] = holdMs;
    simulation.submit(task);
  }

  #setAlarm(): void {
    const next = this.#deadlines[0];
    if (next !== undefined) this.#simulation?.alarmAt(next.atMs);
  }
}
