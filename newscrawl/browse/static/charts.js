// Draws each chart from the table of its numbers, which stands in the page: what is drawn is what can be read.
"use strict";
(() => {
  const FORMATS = {
    articles: d3.format(",d"),
    edits: d3.format(",d"),
    minutes: (minutes) => (minutes < 120 ? `${minutes} min` : `${d3.format(".3~g")(minutes / 60)} h`),
    bytes: (bytes) => (bytes ? d3.format(".3~s")(bytes).replace("G", " GB").replace("M", " MB").replace("k", " kB").replace("T", " TB") : "0"),
    share: d3.format(".0%"),
  };
  const INTERVALS = { day: "day", week: "monday", month: "month" };

  function read(figure) {
    const columns = [...figure.querySelectorAll("thead th")].slice(1).map((cell, place) => ({
      place, label: cell.textContent, cell, mark: cell.dataset.mark, color: `var(--series-${place + 1})`,
    }));
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) => {
      const time = row.querySelector("time");
      const numbers = [...row.querySelectorAll("td")].map((cell) => {
        const number = cell.querySelector("data");
        return number ? Number(number.value) : null;
      });
      return { at: new Date(time.dateTime), when: time.textContent, numbers };
    });
    return { columns, rows, format: FORMATS[figure.dataset.unit], interval: INTERVALS[figure.dataset.step] };
  }

  function frame(table, width, height, label, values, marks) {
    const few = Math.max(2, Math.floor(width / 110));
    const svg = Plot.plot({
      width, height, ariaLabel: label, marginLeft: 52, marginRight: 8, marginTop: 12, marginBottom: 32,
      style: { background: "transparent", fontSize: "12px" },
      x: { type: "utc", label: null, domain: [table.rows[0].at, d3.utcDay.offset(end(table), 0)] },
      y: { label: null, zero: true, nice: true, ...values },
      marks: [
        Plot.gridY({ ticks: height < 120 ? 2 : 4, stroke: "var(--line)", strokeOpacity: 1 }),
        Plot.axisY({ ticks: height < 120 ? 2 : 4, tickFormat: table.format, tickSize: 0 }),
        Plot.axisX({ ticks: few, tickSize: 4 }),
        ...marks,
        Plot.ruleY([0], { stroke: "var(--quiet)" }),
      ],
    });
    svg.setAttribute("role", "img");
    return svg;
  }

  function end(table) {
    const step = { day: d3.utcDay, monday: d3.utcMonday, month: d3.utcMonth }[table.interval];
    return step.offset(table.rows[table.rows.length - 1].at, 1);
  }

  function told(table, row, columns) {
    const known = columns.filter((column) => row.numbers[column.place] !== null);
    return [row.when, ...known.map((column) => `${columns.length > 1 ? `${column.label}: ` : ""}${table.format(row.numbers[column.place])}`)].join("\n");
  }

  function tip(table, columns, height) {
    return Plot.tip(table.rows, Plot.pointerX({
      x: (row) => new Date((+row.at + +step(table, row)) / 2), y: height, title: (row) => told(table, row, columns),
      fill: "var(--raised)", stroke: "var(--quiet)", textPadding: 6, lineWidth: 24,
    }));
  }

  function step(table, row) {
    return { day: d3.utcDay, monday: d3.utcMonday, month: d3.utcMonth }[table.interval].offset(row.at, 1);
  }

  function bars(table, columns) {
    const parts = table.rows.flatMap((row) => columns.map((column) => ({ ...row, number: row.numbers[column.place], column })));
    return Plot.rectY(parts, { x: "at", y: "number", interval: table.interval, fill: (part) => part.column.color, insetLeft: 0.5, insetRight: 0.5, order: (part) => part.column.place });
  }

  function line(table, column, color, dashed) {
    const middle = (row) => new Date((+row.at + +step(table, row)) / 2);
    const known = table.rows.filter((row) => row.numbers[column.place] !== null);
    const options = { x: middle, y: (row) => row.numbers[column.place], stroke: color, strokeWidth: 2 };
    return [
      Plot.line(table.rows, { ...options, y: (row) => row.numbers[column.place] ?? NaN, strokeDasharray: dashed ? "6 4" : null }),
      known.length < 40 ? Plot.dot(known, { ...options, r: 2, fill: color }) : null,
    ];
  }

  const KINDS = {
    stack(table, width, label) {
      const total = (row) => d3.sum(row.numbers);
      return frame(table, width, 240, label, {}, [bars(table, table.columns), tip(table, table.columns, total)]);
    },
    lines(table, width, label) {
      const highest = (row) => d3.max(row.numbers);
      const marks = table.columns.flatMap((column, place) => line(table, column, column.color, place === 1));
      return frame(table, width, 240, label, {}, [...marks, tip(table, table.columns, highest)]);
    },
    multiples(table, width, label, unit) {
      const grid = document.createElement("div");
      grid.className = "multiples";
      const across = Math.max(1, Math.floor((width + 24) / (304 + 24)));
      const each = Math.floor((width - 24 * (across - 1)) / across);
      const shared = unit === "share" ? [0, 1] : unit === "bytes" ? undefined : [0, d3.max(table.rows, (row) => d3.max(row.numbers))];
      for (const column of table.columns) {
        const color = "var(--series-1)";
        const marks = column.mark === "line" ? line(table, column, color) : [bars(table, [{ ...column, color }])];
        const values = shared ? { domain: shared } : {};
        const box = document.createElement("div");
        box.append(heading(table, column, unit), frame(table, each, 110, `${column.label}. ${label}`, values, [...marks, tip(table, [column], (row) => row.numbers[column.place])]));
        grid.append(box);
      }
      return grid;
    },
  };

  function heading(table, column, unit) {
    const text = document.createElement("p");
    const name = column.cell.firstElementChild ?? column.cell.firstChild;
    const label = name.nodeType === Node.TEXT_NODE ? document.createElement("span") : name.cloneNode(true);
    if (name.nodeType === Node.TEXT_NODE) label.textContent = name.textContent;
    text.append(label);
    if (column.mark === "bar") {
      const total = document.createElement("span");
      total.className = "total";
      total.textContent = table.format(d3.sum(table.rows, (row) => row.numbers[column.place]));
      text.append(total);
    }
    return text;
  }

  for (const figure of document.querySelectorAll("figure[data-kind]")) {
    const plot = figure.querySelector(".plot");
    const table = read(figure);
    let drawn = 0;
    const draw = () => {
      const width = Math.floor(plot.clientWidth);
      if (width === drawn || width === 0) return;
      drawn = width;
      plot.replaceChildren(KINDS[figure.dataset.kind](table, width, plot.dataset.label, figure.dataset.unit));
    };
    draw();
    new ResizeObserver(draw).observe(plot);
  }
})();
