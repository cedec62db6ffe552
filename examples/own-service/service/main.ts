import { startServer } from "./server.ts";

/** The service as a process: told its options by whoever started it, it ends with them. */
process.once("disconnect", () => process.exit(0));
process.send?.(await startServer({ workers: 2, ownPool: process.argv.includes("--own-pool") }));
