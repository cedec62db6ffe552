import { fileURLToPath } from "node:url";

/** The clone's top folder, seen from `lib/src/publish` and from `lib/dist/publish` alike. */
export const projectRoot: string = fileURLToPath(new URL("../../../", import.meta.url));
