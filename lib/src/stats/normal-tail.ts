/**
 * Returns the probability that a standard normal variable exceeds z, to about 14 digits also where it is tiny.
 *
 * The error function of simple-statistics has an error of 1e-7, which is the tail itself beyond z = 5.
 *
 * @see https://personal.math.ubc.ca/~cbm/aands/page_932.htm Abramowitz & Stegun 26.2.11 (series) and 26.2.14 (fraction)
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 3; term > 1e-17 * sum; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 60; k > 0; k--) fraction = z + k / fraction;
  return density / fraction;
}
