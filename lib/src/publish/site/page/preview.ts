/// <reference lib="dom" />

const delayMs = 250;

/** Shows beside a link within the page what it leads to: an entry of the references, the caption of a figure. */
export function offerPreview(link: HTMLAnchorElement): void {
  const target = targetOf(link);
  if (target === null) return;
  let box: HTMLElement | undefined;
  let timer: number | undefined;
  const hide = () => {
    clearTimeout(timer);
    box?.remove();
    box = undefined;
  };
  const show = () => {
    hide();
    timer = window.setTimeout(() => {
      box = previewOf(target);
      document.body.append(box);
      place(box, link);
    }, delayMs);
  };
  for (const event of ["mouseenter", "focus"]) link.addEventListener(event, show);
  for (const event of ["mouseleave", "blur"]) link.addEventListener(event, hide);
  link.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
}

function targetOf(link: HTMLAnchorElement): Element | null {
  const id = decodeURIComponent(link.hash.slice(1));
  const here = link.pathname === location.pathname && id !== "";
  const target = here ? document.getElementById(id) : null;
  return target?.matches("li, figure, dt, .equation") ? target : null;
}

/** A copy without ids, which stay the page's own; of a figure its caption, of a term its description. */
function previewOf(target: Element): HTMLElement {
  const box = document.createElement("div");
  box.className = "preview";
  box.ariaHidden = "true";
  const shown = target.matches("dt")
    ? target.nextElementSibling
    : (target.querySelector("figcaption") ?? target);
  const copy = (shown ?? target).cloneNode(true) as Element;
  for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
  box.append(...copy.childNodes);
  return box;
}

function place(box: HTMLElement, link: HTMLElement): void {
  const { left, bottom, top } = link.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = box;
  const room = document.documentElement.clientWidth - offsetWidth - 16;
  const below = bottom + offsetHeight + 8 < window.innerHeight;
  box.style.left = `${Math.max(8, Math.min(left, room)) + window.scrollX}px`;
  box.style.top = `${(below ? bottom + 6 : top - offsetHeight - 6) + window.scrollY}px`;
}
