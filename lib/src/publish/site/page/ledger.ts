/// <reference lib="dom" />
/** Lets a ledger be filtered and sorted. */
export function startLedger(ledger: HTMLElement): void {
  const form = ledger.querySelector<HTMLFormElement>(".ledger-filter");
  const body = ledger.querySelector("tbody");
  const count = ledger.querySelector(".ledger-count");
  if (form === null || body === null || count === null) return;
  const rows = [...body.rows];
  const filter = () => {
    const chosen = new FormData(form);
    const words = String(chosen.get("words")).toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = (name: string) => [String(row.dataset[name]), ""].includes(String(chosen.get(name)));
      row.hidden = !(words.every((word) => text.includes(word)) && fits("verdict") && fits("study"));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = shown === rows.length ? `${shown} claims` : `${shown} of ${rows.length} claims`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const head of ledger.querySelectorAll<HTMLTableCellElement>("thead th")) {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: head.textContent,
    });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const downwards = head.ariaSort === "ascending";
      for (const other of ledger.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
      head.ariaSort = downwards ? "descending" : "ascending";
      const sorted = rows.toSorted((a, b) => compare(a, b, head.cellIndex) * (downwards ? -1 : 1));
      body.append(...sorted);
    });
  }
}

/** Numbers by size, where both cells begin with one; everything else by its letters. */
function compare(a: HTMLTableRowElement, b: HTMLTableRowElement, column: number): number {
  const [one = "", other = ""] = [a, b].map((row) => row.cells[column]?.textContent ?? "");
  const [first, second] = [one, other].map((text) => Number.parseFloat(text.replace("−", "-")));
  const byNumber = (first ?? Number.NaN) - (second ?? Number.NaN);
  return Number.isNaN(byNumber) ? one.localeCompare(other, "en") : byNumber;
}
