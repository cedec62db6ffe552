import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

// Records a trace of the service into the folder given: four seconds of thumbnails, and every second two reports at once.
const [trace = "./trace"] = process.argv.slice(2);
const app = spawn(process.execPath, ["--import", "scheduling-safety-watch/register", "app.js"], {
  env: { ...process.env, SCHEDULING_SAFETY_WATCH: `trace=${trace}` },
  stdio: ["ignore", "pipe", "inherit"],
});
const [url] = await once(createInterface(app.stdout), "line");
const get = async (path) => (await fetch(new URL(path, url))).text();

const requests = [];
for (let request = 0; request < 200; request++) {
  requests.push(get("/thumbnail"));
  if (request % 50 === 25) requests.push(get("/report"), get("/report"));
  await setTimeout(20);
}
await Promise.all(requests);
app.kill("SIGTERM");
await once(app, "exit");
