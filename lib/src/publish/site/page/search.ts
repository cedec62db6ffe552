/// <reference lib="dom" />
import MiniSearch from "minisearch";
import { type Found, searchOptions } from "../search-options.ts";

declare global {
  interface Window {
    searchIndexLoaded: (index: string) => void;
  }
}

const most = 8;

/** Puts an input into the box that waits for it. The index is a script beside the page, fetched when somebody wants to search. */
export function startSearch(box: HTMLElement): void {
  const input = Object.assign(document.createElement("input"), {
    type: "search",
    placeholder: "Search",
    ariaLabel: "Search article, reference and claims",
    autocomplete: "off",
  });
  const results = document.createElement("ol");
  const status = Object.assign(document.createElement("p"), { className: "unseen", role: "status" });
  box.append(input, results, status);
  let index: Promise<MiniSearch<Found>> | undefined;
  const load = () => {
    // What could not be fetched once may be there the next time.
    index ??= loadIndex().catch((error: unknown) => {
      index = undefined;
      throw error;
    });
    return index;
  };
  const tellOff = (error: Error) => console.warn(`search is off: ${error.message}`);
  const show = async () => {
    const words = input.value.trim();
    const found = words === "" ? [] : (await load()).search(words).slice(0, most);
    if (words !== input.value.trim()) return;
    results.replaceChildren(...found.map(({ id, title, part }) => result(id, title, part)));
    status.textContent = words === "" ? "" : `${found.length} results`;
  };
  input.addEventListener("focus", () => void load().catch(tellOff));
  input.addEventListener("input", () => void show().catch(tellOff));
}

function result(address: string, title: string, part: string): HTMLLIElement {
  const link = Object.assign(document.createElement("a"), { href: address, textContent: title });
  const item = document.createElement("li");
  item.append(link, Object.assign(document.createElement("small"), { textContent: part }));
  return item;
}

function loadIndex(): Promise<MiniSearch<Found>> {
  return new Promise((resolve, reject) => {
    window.searchIndexLoaded = (json) =>
      resolve(
        MiniSearch.loadJSON<Found>(json, {
          ...searchOptions,
          fields: [...searchOptions.fields],
          storeFields: [...searchOptions.storeFields],
        }),
      );
    const script = document.createElement("script");
    script.src = "assets/search-index.js";
    script.onerror = () => reject(new Error(`${script.src} is missing`));
    document.head.append(script);
  });
}
