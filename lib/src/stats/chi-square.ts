/**
 * Returns the probability that a chi-square distributed variable is at most x: the regularised lower incomplete gamma
 * function, by its series near zero and by its continued fraction beyond.
 *
 * simple-statistics has a table of some quantiles only.
 *
 * @param degrees degrees of freedom, > 0
 * @throws RangeError if an argument is outside its range
 * @see https://dlmf.nist.gov/8.11 and https://dlmf.nist.gov/8.9
 */
export function chiSquareProbability(x: number, degrees: number): number {
  checkDegrees(degrees);
  if (!(x >= 0)) throw new RangeError(`x must be ≥ 0; got ${x}`);
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  const [a, half] = [degrees / 2, x / 2];
  const scale = Math.exp(a * Math.log(half) - half - logGamma(a));
  return half < a + 1 ? scale * series(a, half) : 1 - scale * fraction(a, half);
}

/**
 * Returns the quantile of the chi-square distribution, by bisection.
 *
 * @param p probability, strictly between 0 and 1
 * @param degrees degrees of freedom, > 0
 * @throws RangeError if an argument is outside its range
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  checkDegrees(degrees);
  if (!(p > 0 && p < 1)) throw new RangeError(`p must be a probability strictly between 0 and 1; got ${p}`);
  let [low, high] = [0, degrees];
  while (chiSquareProbability(high, degrees) < p) [low, high] = [high, 2 * high];
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (chiSquareProbability(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function checkDegrees(degrees: number): void {
  if (!(degrees > 0 && Number.isFinite(degrees))) throw new RangeError(`degrees must be > 0; got ${degrees}`);
}

const enough = 1e-16;

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * enough; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Lentz's method, modified so that no denominator is zero. */
function fraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let product = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b || tiny);
    c = b + numerator / c || tiny;
    product *= d * c;
    if (Math.abs(d * c - 1) < enough * 10) break;
  }
  return product;
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Lanczos' approximation with g = 7, about 15 digits. */
function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const x = z - 1;
  const sum = lanczos.reduce((all, coefficient, i) => all + coefficient / (x + i + 1), 0.99999999999980993);
  const t = x + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}
