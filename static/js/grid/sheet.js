// The table itself. Tabulator lays it out, keeps heads and names in place and draws only the rows in
// sight; where one stands, what is selected and what assistive technology hears are ours (ADR 0013).
//
// The whole table is one tab stop with role=grid; `aria-activedescendant` names the active cell.

import {
  FormatModule,
  FrozenColumnsModule,
  ResizeColumnsModule,
  ResizeTableModule,
  Tabulator,
} from "../../vendor/tabulator/js/tabulator_esm.min.mjs";
import { contentOf } from "./marks.js";

Tabulator.registerModule([FormatModule, FrozenColumnsModule, ResizeColumnsModule, ResizeTableModule]);

const NARROW = matchMedia("(max-width: 40rem)");
const MIDDLING = matchMedia("(max-width: 64rem)");

export class Sheet extends EventTarget {
  /** `grid` is what page.js read: columns, rows, and the cells by unit and code. */
  constructor(element, grid, words) {
    super();
    this.element = element;
    this.grid = grid;
    this.words = words;
    this.drawn = new Map(); // cell -> element, for cells that have been drawn
    this.cellOf = new WeakMap(); // and back
    this.active = { row: 0, column: 0 }; // where one stands
    this.reach = { row: 0, column: 0 }; // the other corner of the selected block
    this.showsBefore = false;
    this.ready = this.#build();
  }

  async #build() {
    const { columns, rows } = this.grid;
    this.table = new Tabulator(this.element, {
      index: "unit",
      data: rows.map(({ unit }) => ({ unit })),
      height: Math.min(this.#room(), 130 + rowHeight() * rows.length),
      layout: "fitColumns",
      rowHeight: rowHeight(),
      columnDefaults: { resizable: true, vertAlign: "middle", headerWordWrap: true, minWidth: 112 },
      rowHeader: {
        ...this.#head("", this.words.unit),
        frozen: true,
        width: NARROW.matches ? 136 : MIDDLING.matches ? 260 : 320,
        formatter: (cell) => this.#name(cell),
        cssClass: "unit",
      },
      columns: columns.flatMap((column) => [
        this.#beforeColumn(column),
        { ...this.#head(column.measure, column.label), field: column.code, formatter: (cell) => this.#draw(cell, column) },
      ]),
    });
    await new Promise((done) => this.table.on("tableBuilt", done));
    this.#speak();
    this.#listen();
  }

  #room() {
    return Math.max(320, Math.round(innerHeight * 0.62));
  }

  #head(measure, label) {
    return { title: label, titleFormatter: () => head(label, measure) };
  }

  #beforeColumn(column) {
    return {
      ...this.#head("", this.grid.before),
      field: `before ${column.code}`,
      width: 96,
      visible: false,
      cssClass: "before",
      formatter: (cell) => document.createTextNode(this.cellAt(cell.getData().unit, column.code).before || "–"),
    };
  }

  #name(cell) {
    const row = this.grid.rowOf(cell.getData().unit);
    const place = cell.getElement();
    place.setAttribute("role", "rowheader");
    const link = document.createElement("a");
    link.href = row.address;
    link.textContent = link.title = row.name;
    link.tabIndex = -1; // the menu of the cell and the list of submissions lead there too
    const chip = document.createElement("span");
    chip.className = `chip ${row.chip}`;
    chip.textContent = row.state;
    const whole = document.createElement("div");
    whole.append(link, chip);
    return whole;
  }

  #draw(drawnCell, column) {
    const cell = this.cellAt(drawnCell.getData().unit, column.code);
    const element = drawnCell.getElement();
    element.id = `cell-${cell.row.unit}-${column.code}`;
    this.drawn.set(cell, element);
    this.cellOf.set(element, cell);
    this.#paint(cell, element);
    return contentOf(cell, this.words);
  }

  #paint(cell, element) {
    const { top, bottom, left, right } = this.block;
    const { row, column } = cell.place;
    const isSelected = row >= top && row <= bottom && column >= left && column <= right;
    element.className = `tabulator-cell ${cell.column.kind}`;
    element.classList.toggle("selected", isSelected);
    element.classList.toggle("active", row === this.active.row && column === this.active.column);
    element.classList.toggle("closed", cell.isAsked && !cell.isOpen);
    if (cell.state) element.dataset.state = cell.state;
    else delete element.dataset.state;
    element.setAttribute("aria-selected", String(isSelected));
    element.setAttribute("aria-readonly", String(!cell.isOpen));
    element.setAttribute("aria-invalid", String(Boolean(cell.trouble)));
  }

  #speak() {
    const { element } = this;
    element.tabIndex = 0;
    element.setAttribute("aria-label", this.words.title);
    element.setAttribute("aria-multiselectable", "true");
    element.setAttribute("aria-rowcount", String(this.grid.rows.length + 1));
    element.removeAttribute("aria-owns"); // what it names lies inside it anyway
    element.querySelector(".tabulator-tableholder").removeAttribute("tabindex");
  }

  #listen() {
    const at = (target) => this.cellOf.get(target.closest?.(".tabulator-cell"))?.place;
    let isDragging = false;
    this.element.addEventListener("pointerdown", (event) => {
      const place = at(event.target);
      if (!place || event.button !== 0 || event.target.closest(".editor")) return;
      const isAgain = place.row === this.active.row && place.column === this.active.column;
      this.moveTo(place, event.shiftKey);
      isDragging = event.pointerType === "mouse";
      if (isDragging) event.preventDefault(); // no text selection while dragging
      this.element.focus({ preventScroll: true });
      if (isAgain && event.pointerType !== "mouse") this.dispatchEvent(new Event("edit"));
    });
    this.element.addEventListener("pointerover", (event) => {
      const place = isDragging && at(event.target);
      if (place) this.moveTo(place, true);
    });
    document.addEventListener("pointerup", () => (isDragging = false));
    this.element.addEventListener("dblclick", (event) => {
      if (at(event.target) && !event.target.closest(".editor")) this.dispatchEvent(new Event("edit"));
    });
  }

  cellAt(unit, code) {
    return this.grid.cells.get(`${unit} ${code}`);
  }

  /** The cell where one stands. */
  get cell() {
    return this.#cellOf(this.active);
  }

  #cellOf({ row, column }) {
    return this.cellAt(this.grid.rows[row].unit, this.grid.columns[column].code);
  }

  /** The selected block, both ends included. */
  get block() {
    const { active, reach } = this;
    return {
      top: Math.min(active.row, reach.row),
      bottom: Math.max(active.row, reach.row),
      left: Math.min(active.column, reach.column),
      right: Math.max(active.column, reach.column),
    };
  }

  /** Rows of cells from `top`, `left`; what lies outside the table is left out. */
  cellsIn({ top, bottom, left, right }) {
    const rows = this.grid.rows.slice(top, bottom + 1);
    const columns = this.grid.columns.slice(left, right + 1);
    return rows.map(({ unit }) => columns.map(({ code }) => this.cellAt(unit, code)));
  }

  /** Stand at `place`, held inside the table; or, where one `reaches`, select as far as it. */
  moveTo(place, reaches = false) {
    const before = this.#places();
    this.reach = {
      row: clamp(place.row, this.grid.rows.length),
      column: clamp(place.column, this.grid.columns.length),
    };
    if (!reaches) this.active = this.reach;
    this.#repaint([...before, ...this.#places()]);
    this.#bringIntoSight(this.reach);
    this.dispatchEvent(new Event("move"));
  }

  /** Select a block and stand in its first cell. */
  select({ top, left, bottom, right }) {
    const before = this.#places();
    this.active = { row: top, column: left };
    this.reach = { row: bottom, column: right };
    this.#repaint([...before, ...this.#places()]);
    this.dispatchEvent(new Event("move"));
  }

  #places() {
    return this.cellsIn(this.block).flat();
  }

  #repaint(cells) {
    for (const cell of cells) {
      const element = this.drawn.get(cell);
      if (element) this.#paint(cell, element);
    }
  }

  /** Draw cells again whose content or state changed. */
  refresh(cells) {
    this.#repaint(cells);
    for (const cell of cells) {
      const element = this.drawn.get(cell);
      if (element && !element.querySelector(".editor")) element.replaceChildren(contentOf(cell, this.words));
    }
  }

  #bringIntoSight(place) {
    const { unit } = this.grid.rows[place.row];
    const { code } = this.grid.columns[place.column];
    const row = this.table.getRow(unit);
    const show = () => {
      row.getCell(code).getElement().scrollIntoView({ block: "nearest", inline: "nearest" });
      this.element.setAttribute("aria-activedescendant", this.place.id);
    };
    if (row.getElement().isConnected) show();
    else this.table.scrollToRow(row, "center", false).then(show);
  }

  /** The element of the active cell, in sight. */
  get place() {
    return this.drawn.get(this.cell);
  }

  toggleBefore() {
    this.showsBefore = !this.showsBefore;
    for (const { code } of this.grid.columns) {
      this.table[this.showsBefore ? "showColumn" : "hideColumn"](`before ${code}`);
    }
  }
}

/** Room for the name of a school: on a phone its state stands beneath. */
function rowHeight() {
  return NARROW.matches ? 64 : 43;
}

function clamp(number, size) {
  return Math.max(0, Math.min(size - 1, number));
}

function head(label, measure) {
  const whole = document.createElement("span");
  whole.textContent = label;
  if (!measure) return whole;
  const small = document.createElement("span");
  small.className = "muted";
  small.textContent = ` (${measure})`;
  whole.append(small);
  return whole;
}
