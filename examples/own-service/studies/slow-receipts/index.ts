import { defineStudy, entryBeside } from "scheduling-safety/study";
import { priceDelays, type SlowReceiptsData } from "./analysis.ts";
import { slowReceiptsClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { slowReceiptsFigure } from "./figures.ts";
import { slowReceiptsValues } from "./values.ts";

export const slowReceipts = defineStudy({
  name: "slow-receipts",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  claims: slowReceiptsClaims,
  figures: { delays: slowReceiptsFigure },
  report: (data: SlowReceiptsData) => {
    const delays = priceDelays(data);
    return {
      tables: { "How long prices take": delays },
      figures: [slowReceiptsFigure(delays)],
      values: slowReceiptsValues(data, delays),
    };
  },
});
