// Plots drawn from the tables beside them. A table is all there is without this file, and opens the same cases.
//
// <figure data-plot="lines|columns|rows|areas" data-table="id" aria-label="…">: each row of the table's body is a series over
// the columns; of "rows" each row is a place on the axis, and each column a series. What counts is in `td[data-value]`.
// Of "areas" each row is an area as large as its first number; it opens what its name opens, else its number.
// data-stack: one bar for all series; data-hues: tokens of their colours.
(function () {
  "use strict";

  const TOUCH = !window.matchMedia("(hover: hover)").matches;
  const HUES = ["--blue", "--amber-line", "--green", "--violet", "--red", "--line-2", "--edge", "--ink-2"];

  function words(cell) {
    const inner = cell.querySelector("a") || cell;
    return (inner.firstChild ? inner.firstChild.textContent : "").trim();
  }

  // The table as names and rows of points: {value, words, link}, value null where nothing is known.
  function read(table) {
    const heads = Array.from(table.tHead.rows[0].cells).slice(1).map(words);
    const rows = Array.from(table.tBodies[0].rows).filter(function (row) { return !row.hasAttribute("data-sum"); });
    return {
      columns: heads,
      rows: rows.map(function (row) {
        const lead = row.cells[0].querySelector("a");
        return {
          name: words(row.cells[0]),
          link: lead ? { link: lead.href } : {},
          points: Array.from(row.cells).slice(1).map(function (cell) {
            const link = cell.querySelector("a");
            const value = cell.dataset.value;
            return { value: value ? Number(value) : null, words: words(cell), link: link ? link.href : "" };
          }),
        };
      }),
    };
  }

  function series(kind, found) {
    const all = kind !== "rows" ? found.rows : found.columns.map(function (name, at) {
      return { name: name, points: found.rows.map(function (row) { return row.points[at]; }) };
    });
    return all.filter(function (one) { return one.points.some(function (point) { return point.value !== null; }); });
  }

  // The look of the page: its colours by name, its type, and the box that tells what a point is.
  function looks(box) {
    const style = getComputedStyle(box);
    const colour = function (name) { return style.getPropertyValue(name).trim(); };
    const size = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.87);
    return { colour: colour, size: size, text: { color: colour("--ink-2"), fontSize: size, fontFamily: style.fontFamily },
      tooltip: { renderMode: "richText", confine: true, backgroundColor: colour("--paper"), borderColor: colour("--line-2"),
        textStyle: { color: colour("--ink"), fontSize: size, fontFamily: style.fontFamily } } };
  }

  function areas(box, found) {
    const look = looks(box), colour = look.colour;
    const data = found.rows.map(function (row) {
      return Object.assign({ name: row.name, itemStyle: { color: colour("--tint") } }, row.points[0], row.link);
    }).filter(function (one) { return one.value > 0; });
    return {
      animation: false,
      tooltip: Object.assign({ formatter: function (here) { return here.name + "：" + here.data.words; } }, look.tooltip),
      series: [{ type: "treemap", data: data, left: 0, right: 0, top: 0, bottom: 0, roam: false, nodeClick: false,
        breadcrumb: { show: false }, emphasis: { itemStyle: { borderColor: colour("--blue") } },
        itemStyle: { borderColor: colour("--line-2"), borderWidth: 1, gapWidth: 2 },
        label: { color: colour("--ink"), fontSize: look.size, lineHeight: look.size * 1.5, fontFamily: look.text.fontFamily, overflow: "break",
          formatter: function (here) { return here.name + "\n" + here.data.words; } } }],
    };
  }

  function option(box, found) {
    const kind = box.dataset.plot, flat = kind === "rows";
    if (kind === "areas") return areas(box, found);
    const look = looks(box), colour = look.colour, size = look.size, text = look.text;
    const all = series(kind, found);
    const whole = all.every(function (one) { return one.points.every(function (point) { return Number.isInteger(point.value || 0); }); });
    const places = { type: "category", data: flat ? found.rows.map(function (row) { return row.name; }) : found.columns,
      inverse: flat, axisLabel: Object.assign({ width: flat ? Math.min(180, box.clientWidth * 0.34) : undefined, overflow: "truncate" }, text),
      axisLine: { lineStyle: { color: colour("--line-2") } }, axisTick: { show: false } };
    const sizes = { type: "value", min: 0, minInterval: whole ? 1 : 0, axisLabel: text, splitNumber: 4,
      splitLine: { lineStyle: { color: colour("--line") } } };
    const shown = all.length > 1;
    return {
      animation: false,
      color: (box.dataset.hues ? box.dataset.hues.split(" ") : HUES).map(colour),
      textStyle: text,
      grid: { left: 8, right: 24, top: shown ? size * 2 + 24 : 16, bottom: 8, containLabel: true },
      legend: shown ? { type: "plain", top: 0, left: 0, itemWidth: 18, textStyle: text } : undefined,
      tooltip: Object.assign({ trigger: "axis", axisPointer: { type: kind === "lines" ? "line" : "shadow" },
        formatter: function (here) {
          return [here[0].name].concat(here.map(function (one) {
            return (shown ? one.seriesName + "：" : "") + (one.data.words || "—");
          })).join("\n");
        } }, look.tooltip),
      xAxis: flat ? sizes : places,
      yAxis: flat ? places : sizes,
      series: all.map(function (one) {
        return { name: one.name, type: kind === "lines" ? "line" : "bar", data: one.points, symbolSize: 9, barMaxWidth: 26,
          stack: box.dataset.stack,
          connectNulls: false, emphasis: { focus: "none" } };
      }),
    };
  }

  function draw(box) {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "1";
    const table = document.getElementById(box.dataset.table);
    const found = read(table);
    box.replaceChildren();
    box.classList.add("drawn");
    box.setAttribute("role", "img");
    const bars = found.rows.length * (box.dataset.stack ? 1 : Math.max(1, found.columns.length));
    if (box.dataset.plot === "rows") box.style.height = Math.max(120, 60 + bars * 22 + found.rows.length * 8) + "px";
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.setOption(option(box, found));
    let touched = "";
    chart.on("click", function (event) {
      const point = event.data;
      if (!point || !point.link) return;
      // With a finger the first touch tells, the second opens.
      if (TOUCH && touched !== point.link) touched = point.link;
      else window.location.assign(point.link);
    });
    new ResizeObserver(function () { chart.resize(); }).observe(box);
  }

  const boxes = Array.from(document.querySelectorAll("figure[data-plot]"));
  const seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      seen.unobserve(entry.target);
      draw(entry.target);
    });
  }, { rootMargin: "300px" });
  boxes.forEach(function (box) {
    if (!box.firstElementChild) box.classList.add("drawn");
    seen.observe(box);
  });
  window.addEventListener("beforeprint", function () {
    boxes.filter(function (box) { return box.offsetParent !== null; }).forEach(draw);
  });
})();
