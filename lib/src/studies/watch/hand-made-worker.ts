import { parentPort } from "node:worker_threads";
import { watched } from "scheduling-safety-watch/worker";
import { type HoldTask, holdThread, prepareHolds } from "./holds.ts";

const hold = watched((task: HoldTask) => holdThread(task));

await prepareHolds();
parentPort?.on("message", (task: unknown) => parentPort?.postMessage(hold(task)));
parentPort?.postMessage("ready");
