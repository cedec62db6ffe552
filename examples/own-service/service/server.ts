import Fastify from "fastify";
import { Piscina } from "piscina";

export interface ServerOptions {
  readonly workers: number;
  /** Whether receipts have a pool of their own. */
  readonly ownPool: boolean;
}

/** Starts the shop's service on a free port; returns its address. */
export async function startServer({ workers, ownPool }: ServerOptions): Promise<string> {
  const filename = new URL("./tasks.ts", import.meta.url).href;
  const startPool = () => new Piscina({ filename, minThreads: workers, maxThreads: workers });
  const pool = startPool();
  const receipts = ownPool ? startPool() : pool;
  const server = Fastify();
  server.get("/price", async () => ({ price: await pool.run(3, { name: "price" }) }));
  server.post("/receipt", async () => ({ receipt: await receipts.run("three items", { name: "receipt" }) }));
  return server.listen({ port: 0, host: "127.0.0.1" });
}
