// Draws each chart from the table of its numbers, which stands in the page: what is drawn is what can be read.
"use strict";
(() => {
  const bytes = d3.format(".3~s");
  const FORMATS = {
    articles: d3.format(",d"),
    edits: d3.format(",d"),
    minutes: (number) => (number < 120 ? `${number} min` : `${d3.format(".3~g")(number / 60)} h`),
    bytes: (number) => (number ? `${bytes(number).replace(/[kMGT]$/, " $&")}B` : "0"),
    share: d3.format(".3~%"),
  };
  const STEPS = { day: d3.utcDay, week: d3.utcMonday, month: d3.utcMonth };
  const INTERVALS = { day: "day", week: "monday", month: "month" };
  const TALL = 240, LOW = 110, GAP = 24, NARROWEST = 304;

  function read(figure) {
    const step = STEPS[figure.dataset.step];
    const columns = [...figure.querySelectorAll("thead th")].slice(1).map((cell, place) => (
      { place, cell, label: cell.textContent, mark: cell.dataset.mark, color: `var(--series-${place + 1})` }
    ));
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) => {
      const time = row.querySelector("time");
      const begin = new Date(time.dateTime), end = step.offset(begin, 1);
      const numbers = [...row.querySelectorAll("td")].map((cell) => (
        cell.dataset.number === undefined ? null : Number(cell.dataset.number)
      ));
      return { begin, end, middle: new Date((+begin + +end) / 2), when: time.textContent, numbers };
    });
    return {
      columns, rows, format: FORMATS[figure.dataset.unit], unit: figure.dataset.unit,
      step: figure.dataset.step, ...figure.querySelector(".plot").dataset,
    };
  }

  // Every so many steps, counted from the last one
  function dates(table, width) {
    const every = Math.ceil(table.rows.length / Math.max(2, Math.floor(width / 80)));
    const shown = table.rows.filter((_, place) => (table.rows.length - 1 - place) % every === 0);
    const names = new Map(shown.map((row) => [+row.middle, row.begin]));
    const many = table.rows.at(-1).end - table.rows[0].begin > 300 * 864e5;
    const format = d3.utcFormat(table.step === "month" || many ? "%b %Y" : "%-d %b");
    return Plot.axisX(shown.map((row) => row.middle), { tickFormat: (at) => format(names.get(+at)), tickSize: 4 });
  }

  // Counts have no halves
  function ticks(table, top, most) {
    const whole = table.unit === "articles" || table.unit === "edits";
    return d3.ticks(0, top, most).filter((tick) => !whole || Number.isInteger(tick));
  }

  function frame(table, { width, height, label, top }, marks) {
    const levels = ticks(table, top, height === LOW ? 2 : 4);
    const lowest = Math.min(0, d3.min(table.rows, (row) => d3.min(row.numbers)));
    const svg = Plot.plot({
      width, height, ariaLabel: label, marginLeft: 54, marginRight: 20, marginTop: 12, marginBottom: 22,
      style: { background: "transparent", fontSize: "12px" },
      x: { type: "utc", label: null, domain: [table.rows[0].begin, table.rows.at(-1).end] },
      y: { label: null, domain: [lowest, top] },
      marks: [
        Plot.gridY(levels, { stroke: "var(--line)", strokeOpacity: 1 }),
        Plot.axisY(levels, { tickFormat: table.format, tickSize: 0 }),
        dates(table, width),
        ...marks,
        Plot.ruleY([0], { stroke: "var(--quiet)" }),
      ],
    });
    svg.setAttribute("role", "img");
    // The parts of one image have no names (ARIA 1.2); Plot calls them `rect` and `rule`
    for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
    return svg;
  }

  function bars(table, columns, width) {
    const inset = width / table.rows.length < 6 ? 0 : 0.5;
    const parts = table.rows.flatMap((row) => columns.map((column) => ({ row, column })));
    return Plot.rectY(parts, {
      x: (part) => part.row.begin, y: (part) => part.row.numbers[part.column.place], interval: INTERVALS[table.step],
      fill: (part) => part.column.color, insetLeft: inset, insetRight: inset,
    });
  }

  // A step without a number leaves a gap; one between two gaps would be no line
  function line(table, column, dashed) {
    const number = (row) => row.numbers[column.place] ?? NaN;
    const marks = [Plot.line(table.rows, {
      x: "middle", y: number, stroke: column.color, strokeWidth: 2, strokeDasharray: dashed ? "6 4" : undefined,
    })];
    const lonely = table.rows.filter((row, place) => !Number.isNaN(number(row)) && [-1, 1].every(
      (side) => Number.isNaN(number(table.rows[place + side] ?? { numbers: [] }))));
    return [...marks, Plot.dot(lonely, { x: "middle", y: number, r: 2.5, fill: column.color })];
  }

  function tip(table, columns, height) {
    const named = (row, column) => `${columns.length > 1 ? `${column.label}: ` : ""}${table.format(row.numbers[column.place])}`;
    const known = (row) => columns.filter((column) => row.numbers[column.place] !== null);
    return Plot.tip(table.rows.filter((row) => known(row).length), Plot.pointerX({
      x: "middle", y: height, title: (row) => [row.when, ...known(row).map((column) => named(row, column))].join("\n"),
      fill: "var(--raised)", stroke: "var(--quiet)", lineWidth: 24,
    }));
  }

  function heading(table, column) {
    const text = document.createElement("p");
    const name = document.createElement("span");
    name.append(...[...column.cell.childNodes].map((node) => node.cloneNode(true)));
    text.append(name);
    if (column.mark === "bar") {
      const total = document.createElement("span");
      total.className = "total";
      total.textContent = table.format(d3.sum(table.rows, (row) => row.numbers[column.place]));
      text.append(total);
    }
    return text;
  }

  const highest = (table, number) => d3.max(table.rows, number) || 1;
  const largest = (row) => d3.max(row.numbers);

  const KINDS = {
    stack(table, width) {
      const sum = (row) => d3.sum(row.numbers);
      const size = { width, height: TALL, label: table.label, top: highest(table, sum) };
      return frame(table, size, [bars(table, table.columns, width), tip(table, table.columns, sum)]);
    },
    lines(table, width) {
      const size = { width, height: TALL, label: table.label, top: highest(table, largest) };
      const marks = table.columns.flatMap((column, place) => line(table, column, place === 1));
      return frame(table, size, [...marks, tip(table, table.columns, largest)]);
    },
    multiples(table, width) {
      const grid = document.createElement("div");
      grid.className = "multiples";
      const across = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
      const narrow = Math.floor((width - GAP * (across - 1)) / across);
      grid.append(...table.columns.map((each) => {
        const column = { ...each, color: "var(--series-1)" };
        const number = (row) => row.numbers[column.place];
        const top = table.unit === "share" ? 1 : highest(table, table.unit === "bytes" ? number : largest);
        const size = { width: narrow, height: LOW, label: `${column.label}. ${table.title}`, top };
        const marks = column.mark === "line" ? line(table, column) : [bars(table, [column], narrow)];
        const box = document.createElement("div");
        box.append(heading(table, column), frame(table, size, [...marks, tip(table, [column], number)]));
        return box;
      }));
      return grid;
    },
  };

  for (const figure of document.querySelectorAll("figure[data-kind]")) {
    const plot = figure.querySelector(".plot"), table = read(figure);
    let drawn = 0;
    const draw = () => {
      const width = Math.floor(plot.clientWidth);
      if (width === drawn || width === 0) return;
      drawn = width;
      plot.replaceChildren(KINDS[figure.dataset.kind](table, width));
    };
    draw();
    new ResizeObserver(draw).observe(plot);
  }
})();
