/// <reference lib="dom" />
/**
 * Starts an explorable when the reader comes near, so that nobody simulates what nobody sees; at once where the page's
 * address names it.
 */
export function onceNear(id: string, start: (figure: HTMLElement) => void): (figure: HTMLElement) => void {
  return (figure) => {
    if (location.hash.startsWith(`#${id}:`)) {
      start(figure);
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        start(figure);
      },
      { rootMargin: "50% 0px" },
    );
    observer.observe(figure);
  };
}
