/** Multiples of the golden ratio's fraction spread evenly. */
const goldenFraction = 0.618033988;

/** Whether a request or a task is among the share that does something, evenly over their numbers. */
export function takesShare(number: number, share: number): boolean {
  return (number * goldenFraction) % 1 < share;
}
