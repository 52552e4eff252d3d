"use strict";
(() => {
  const find = (selector) => document.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // -- theme: the system's, until the button is pressed
  const theme = find("#theme"), root = document.documentElement;
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const tell = () => { theme.textContent = isDark() ? "Light theme" : "Dark theme"; };
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; tell(); });
  tell();

  // -- exercises: as in the course, or the hardest first
  const hardest = find("#hardest"), list = find("#exercises");
  hardest.hidden = all("li[data-order]", list).length < 2;
  hardest.addEventListener("click", () => {
    const on = hardest.getAttribute("aria-pressed") !== "true";
    hardest.setAttribute("aria-pressed", String(on));
    const order = (item) => Number(item.dataset.order), share = (item) => Number(item.dataset.share);
    const items = all("li[data-order]", list);
    items.sort((a, b) => (on ? share(a) - share(b) : 0) || order(a) - order(b));
    list.append(...items);
  });

  // -- students: sort by a column, filter by name and reason
  const table = find("#table"), body = table.tBodies[0], heads = all("thead th", table), rows = [...body.rows];
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      // numbers: the highest first
      const down = now ? now === "ascending" : head.dataset.kind === "number";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.cells[column].dataset.value;
      const order = head.dataset.kind === "number" ? (a, b) => Number(a) - Number(b) : compare;
      rows.sort((a, b) => (down ? -1 : 1) * order(value(a), value(b)) || compare(a.cells[0].dataset.value, b.cells[0].dataset.value));
      body.append(...rows);
    });
  });

  const search = find("#search"), choice = find("#choice"), shown = find("#shown"), filters = find("#filters");
  const filter = () => {
    const wanted = search.value.trim().toLowerCase(), reason = choice.value;
    let count = 0;
    for (const row of rows) {
      const looks = row.dataset.look;
      const fits = row.cells[0].dataset.value.toLowerCase().includes(wanted) &&
        (!reason || (reason === "look" ? looks !== "" : looks.split("|").includes(reason)));
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  };
  filters.hidden = false;
  filters.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", filter);
  choice.addEventListener("change", filter);
  filter();

  // -- on paper everything is open
  let closed = [];
  addEventListener("beforeprint", () => { closed = all("details:not([open])"); closed.forEach((item) => { item.open = true; }); });
  addEventListener("afterprint", () => closed.forEach((item) => { item.open = false; }));
})();
