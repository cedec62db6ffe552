// Replaces a still figure by the live one when it comes near the viewport, where there is room for it. A classic script:
// pages opened as files may load neither modules nor data, only scripts. Without it the page is complete; the figures stay still.
(() => {
  const arrived = new Map();
  const waiting = new Map();

  window.figureLoaded = (id, figure) => {
    arrived.set(id, figure);
    waiting.get(id)?.(figure);
  };

  const loadScript = (source) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${source} is missing`));
      document.head.append(script);
    });

  const loadFigure = async (id) => {
    const figure = new Promise((resolve) => waiting.set(id, resolve));
    await loadScript(`figs/${id}.js`);
    return arrived.get(id) ?? figure;
  };

  let plotly;
  const bringAlive = async (plot) => {
    plotly ??= loadScript("assets/plotly.min.js");
    const [figure] = await Promise.all([loadFigure(plot.dataset.figure), plotly, document.fonts.ready]);
    const stage = document.createElement("div");
    stage.className = "stage";
    stage.ariaHidden = "true";
    plot.append(stage);
    const { width, height, ...layout } = figure.layout;
    const config = { responsive: true, displayModeBar: false };
    await window.Plotly.newPlot(stage, figure.data, { ...layout, autosize: true }, config);
    // Plotly measures its texts in a drawing of its own at the end of the page.
    document.getElementById("js-plotly-tester")?.setAttribute("aria-hidden", "true");
    plot.classList.add("live");
  };

  const nearby = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        nearby.unobserve(target);
        bringAlive(target).catch((error) => console.warn(`figure stays still: ${error.message}`));
      }
    },
    { rootMargin: "400px" },
  );
  const watch = () => {
    for (const plot of document.querySelectorAll("[data-figure]:not(.live)")) nearby.observe(plot);
  };
  // As the style sheet has it: below, the still keeps a legible size.
  const roomy = matchMedia("(min-width: 48rem)");
  if (roomy.matches) watch();
  else roomy.addEventListener("change", watch, { once: true });
})();
