import * as v from "valibot";
import { namesOf } from "../../design/names-of.ts";
import type { DataSource } from "../../measure/parse-json.ts";
import { type LibuvBlocker, type LibuvVictim, libuvBlockers, libuvVictims } from "./libuv-operations.ts";

/** What happens on one libuv pool: plain data, so that it can go to the process that owns the pool. */
export interface LibuvPoolJob {
  readonly blocking: LibuvBlocker;
  readonly blockMs: number;
  /** When each blocker begins (ms since the start). */
  readonly blockerStartsMs: readonly number[];
  readonly arrivals: readonly { readonly victim: LibuvVictim; readonly dueMs: number }[];
}

const victim = v.picklist(namesOf(libuvVictims));

export const libuvPoolJob: v.GenericSchema<unknown, LibuvPoolJob> = v.strictObject({
  blocking: v.picklist(namesOf(libuvBlockers)),
  blockMs: v.number(),
  blockerStartsMs: v.array(v.number()),
  arrivals: v.array(v.strictObject({ victim, dueMs: v.number() })),
});

/** One operation on the pool; times in ns since the start. */
export interface LibuvRecord {
  readonly kind: LibuvVictim | "blocker";
  readonly dueNs: number;
  readonly calledNs: number;
  readonly endedNs: number;
}

export type LibuvPoolAnswer = { readonly records: readonly LibuvRecord[] } | { readonly notTestable: string };

const record = v.strictObject({
  kind: v.union([victim, v.literal("blocker")]),
  dueNs: v.number(),
  calledNs: v.number(),
  endedNs: v.number(),
});

export const libuvPoolAnswer: v.GenericSchema<unknown, LibuvPoolAnswer> = v.union([
  v.strictObject({ records: v.array(record) }),
  v.strictObject({ notTestable: v.string() }),
]);

export const libuvPoolMessage: DataSource = {
  noun: "message between a run and the process of its libuv pool",
  remedy: "build nothing while a campaign is under way, and run it again",
};
