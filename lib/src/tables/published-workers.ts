/** Worker count of the published study; sleeping blockers make it a fair level on fewer cores. */
export const publishedWorkers = 4;
