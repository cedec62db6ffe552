import { resolve } from "node:path";

/** The clone's top folder, seen from `lib/src/measure` and from `lib/dist/measure` alike. */
export const projectRoot: string = resolve(import.meta.dirname, "../../..");
