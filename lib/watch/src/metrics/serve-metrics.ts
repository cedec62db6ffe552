import { createServer } from "node:http";
import type { PoolMetrics } from "./pool-metrics.ts";
import { prometheusText } from "./prometheus-text.ts";

/** Serves metrics to this host, from the watchdog's thread: they can be had while the main thread is blocked. */
export function serveMetrics(
  port: number,
  metrics: () => readonly PoolMetrics[],
  say: (line: string) => void,
): void {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") {
      response.writeHead(404).end("metrics are at /metrics\n");
      return;
    }
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
    response.end(prometheusText(metrics()));
  });
  server.on("error", (error) =>
    say(`metrics cannot be served on port ${port}: ${error.message}; the watch goes on without them`),
  );
  server.listen(port, "127.0.0.1");
  server.unref();
}
