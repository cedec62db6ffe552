import { Piscina } from "piscina";

const filename = new URL("./worker.ts", import.meta.url).href;
export const pool = new Piscina({
  filename,
  minThreads: 4,
  maxThreads: 4,
});

export function starve(path: string, blockers: number) {
  const reports = Array.from({ length: blockers }, () =>
    pool.run({ path }, { name: "report" }),
  );
  const price: Promise<number> = pool.run(
    { cents: 100 },
    { name: "price" },
  );
  return { reports, price };
}
