import { ThreadWorker } from "poolifier";
import runPoll, { type PollMessage, type PollStamps } from "../../../executor/piscina-worker.ts";

export default new ThreadWorker<PollMessage, PollStamps>((message) => {
  if (message === undefined) throw new TypeError("poolifier must hand over the poll; got nothing");
  return runPoll(message);
});
