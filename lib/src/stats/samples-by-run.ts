/**
 * Splits a column of samples into one array per run, in ascending order of the run id, so that runs can be resampled.
 *
 * @param run the run id of each sample
 * @param value the sample, in any unit; null and undefined are missing and left out
 * @throws RangeError if the columns differ in length
 */
export function samplesByRun(
  run: ArrayLike<number>,
  value: ArrayLike<number | null | undefined>,
): readonly Float64Array[] {
  if (run.length !== value.length) {
    throw new RangeError(
      `columns must be equally long; got ${run.length} run ids and ${value.length} values`,
    );
  }
  const samples = new Map<number, number[]>();
  for (let i = 0; i < run.length; i++) {
    const id = run[i] as number;
    const one = value[i];
    let ofRun = samples.get(id);
    if (ofRun === undefined) {
      ofRun = [];
      samples.set(id, ofRun);
    }
    if (one !== null && one !== undefined) ofRun.push(one);
  }
  return [...samples].sort(([a], [b]) => a - b).map(([, ofRun]) => Float64Array.from(ofRun));
}
