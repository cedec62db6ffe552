import fastify from "fastify";
import { Tinypool } from "tinypool";

// A service that knows nothing of the watch: thumbnails, and reports now and then, from one pool of two workers.
const pool = new Tinypool({
  filename: new URL("./tasks.js", import.meta.url).href,
  minThreads: 2,
  maxThreads: 2,
});
const app = fastify({ forceCloseConnections: true });
app.get("/thumbnail", () => pool.run(null, { name: "thumbnail" }));
app.get("/report", () => pool.run(null, { name: "report" }));
console.log(await app.listen({ port: 0 }));

process.on("SIGTERM", async () => {
  await app.close();
  process.exit();
});
