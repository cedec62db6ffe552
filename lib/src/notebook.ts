/** What a notebook of another project imports: `scheduling-safety/notebook`. */
export { handOn } from "./publish/hand-on.ts";
export { show } from "./publish/show.ts";
export { showTable } from "./publish/show-table.ts";
export { projectStudy } from "./studies/discover-studies.ts";
export { reportOf } from "./studies/study.ts";
export { hostFacts } from "./summary/host-facts.ts";
export { readable, readableRows } from "./summary/readable.ts";
