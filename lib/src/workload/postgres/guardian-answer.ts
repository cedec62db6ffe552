import * as v from "valibot";
import type { DataSource } from "../../measure/parse-json.ts";

/** What the guardian tells its parent, once. */
export type GuardianAnswer =
  | { readonly kind: "ready"; readonly port: number; readonly user: string; readonly password: string }
  | { readonly kind: "not testable" | "failed"; readonly reason: string };

export const guardianAnswer: v.GenericSchema<unknown, GuardianAnswer> = v.variant("kind", [
  v.strictObject({ kind: v.literal("ready"), port: v.number(), user: v.string(), password: v.string() }),
  v.strictObject({ kind: v.picklist(["not testable", "failed"]), reason: v.string() }),
]);

export const guardianMessage: DataSource = {
  noun: "message of the guardian of PostgreSQL",
  remedy: "build nothing while a campaign is under way, and run it again",
};
