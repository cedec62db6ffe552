import workerpool from "workerpool";
import runPoll from "../../../executor/piscina-worker.ts";

workerpool.worker({ runPoll });
