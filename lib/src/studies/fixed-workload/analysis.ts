import type { DeadlineFailures } from "../../summary/deadline-failures.ts";
import type { DispatcherRoom } from "../../summary/dispatcher-room.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type FixedWorkload = ReturnType<typeof experiment>;
export type FixedWorkloadData = Dataset<FixedWorkload>;

export type FixedWorkloadFailures = DeadlineFailures<FixedWorkload>;
export type FixedWorkloadRoom = DispatcherRoom<FixedWorkload>;
