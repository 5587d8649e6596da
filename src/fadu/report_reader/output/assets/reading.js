// A figure and its findings light up together; without this file the links between them lead the same way.
(function () {
  "use strict";

  const figures = "a[data-notes]";
  const notes = ".note[data-figures]";
  let lit = [];

  function named(names) {
    return names.split(" ").map(function (name) { return document.getElementById(name); }).filter(Boolean);
  }

  function light(event) {
    const one = event.target.closest && event.target.closest(figures + "," + notes);
    if (!one) return;
    lit.forEach(function (each) { each.classList.remove("lit"); });
    lit = [one].concat(named(one.dataset.notes || one.dataset.figures));
    lit.forEach(function (each) { each.classList.add("lit"); });
  }
  ["mouseover", "focusin", "click"].forEach(function (name) { document.addEventListener(name, light); });

  // What is folded opens before a link leads into it, and what a link leads to takes the focus.
  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target || !target.closest(".proof")) return;
    const fold = target.closest("details");
    if (fold) fold.open = true;
    if (!target.matches("a, [tabindex]")) target.setAttribute("tabindex", "-1");
  });
})();
