/** Writes a JSON array of different records, at least `megabytes` · 2²⁰ characters long, all of them ASCII. */
export function jsonText(megabytes: number): string {
  const records: string[] = [];
  let characters = 0;
  for (let id = 100_000; characters < megabytes * 2 ** 20; id++) {
    const record = JSON.stringify({
      id,
      name: `customer ${id}`,
      email: `c${id}@example.org`,
      active: id % 3 === 0,
      balance: id * 1.25,
      tags: ["north", "retail", String(id)],
    });
    characters += record.length + 1;
    records.push(record);
  }
  return `[${records.join(",")}]`;
}
