"use strict";
/* The playground itself: what is pressed and chosen, and what is shown of it. */

/* The weights before training: from the units of the layer before and a random number. */
const STARTS = {
  random: { name: translated("random, about 1/\u221an"), weight: (before, normal) => normal() / Math.sqrt(before) },
  small: { name: translated("random, about 0.01"), weight: (before, normal) => 0.01 * normal() },
  equal: { name: translated("all 0.5"), weight: () => 0.5 },
  zero: { name: translated("all zero"), weight: () => 0 },
};
/* As long as steps take longer than this, fewer are taken for each picture: milliseconds. */
const PATIENCE = 40;
/* Readers who want less motion get a new picture so often (milliseconds), after as many steps as
   others see in that time. */
const CALM = 1000;
const STEPS_IN_CALM = 60;

const element = (name) => document.getElementById(name);

class Playground {
  /* data: for each set of points {name, X, Y}.
     choices: {activation, learningRate, steps: all values; layers, units: the most of them}.
     settings: one of each, {points, units, activation, learningRate, start, steps}, where units has
     one number for each hidden layer. */
  constructor({ data, choices, settings }) {
    this.data = data;
    this.choices = choices;
    this.settings = settings;
    this.seed = 1;
    this.playing = false;
    this.shown = null; // the unit whose response is shown, [layer, unit]; null for the output
    this.fillChoices();
    this.listen();
    this.build();
  }

  get points() {
    return this.data[this.settings.points];
  }

  get palette() {
    const chosen = document.documentElement.dataset.theme;
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    return PALETTES[dark ? "dark" : "light"];
  }

  // Training ------------------------------------------------------------------------------------

  /* Begin anew with the settings as they are. */
  build() {
    const { units, activation, start } = this.settings;
    const sizes = [2, ...units, 1];
    this.network = Network.atStart(sizes, activation, STARTS[start].weight, this.seed);
    this.costs = [];
    this.shown = null;
    const { X } = this.points;
    const [low, high] = [X.map((row) => Math.min(...row)), X.map((row) => Math.max(...row))];
    // A square part of the plane, with room around the points.
    const half = 0.54 * Math.max(high[0] - low[0], high[1] - low[1]);
    const middle = low.map((value, i) => (value + high[i]) / 2);
    this.grid = new Grid(middle.map((v) => v - half), middle.map((v) => v + half), 61);
    this.drawNetwork();
    this.draw();
  }

  /* Take steps of gradient descent; fewer where they take long, or where the cost is lost. */
  train(steps) {
    const { X, Y } = this.points;
    const end = performance.now() + PATIENCE;
    for (let step = 0; step < steps && this.isFinite(); step++) {
      this.costs.push(this.network.step(X, Y, this.settings.learningRate));
      if (this.playing && performance.now() > end) break;
    }
  }

  isFinite() {
    return this.costs.length === 0 || Number.isFinite(this.costs.at(-1));
  }

  play(playing) {
    this.playing = playing;
    element("play").textContent = playing ? translated("Pause") : translated("Play");
    if (playing) this.nextPicture();
    else this.say();
  }

  nextPicture() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const wait = calm ? (next) => setTimeout(next, CALM) : requestAnimationFrame;
    wait(() => {
      if (!this.playing) return;
      this.train(this.settings.steps * (calm ? STEPS_IN_CALM : 1));
      this.draw();
      if (this.isFinite()) this.nextPicture();
      else this.play(false);
    });
  }

  // Showing -------------------------------------------------------------------------------------

  /* Draw all that changes with the parameters. */
  draw() {
    const { X, Y } = this.points;
    const passed = this.network.forward(X);
    this.cost = costOf(passed, Y);
    this.accuracy = accuracyOf(passed, Y);
    this.fields = this.network.forward(this.grid.X);
    // One scale for a whole layer, so that strong units can be told from weak ones.
    this.reaches = this.fields.map(({ A }) => Math.max(1, ...A.map(largest)));
    element("readout").textContent = this.summary();
    this.drawUnits();
    this.drawPicture();
    const costs = [...this.costs, this.cost].filter(Number.isFinite);
    drawCosts(element("costs"), costs, this.palette);
  }

  summary() {
    if (!Number.isFinite(this.cost)) {
      return translated(
        "After {count} iterations the cost is no longer a number: the steps are too large. Choose " +
          "a smaller learning rate and start again.",
        { count: this.costs.length },
      );
    }
    return translated("Iteration {count} \u00b7 cost {cost} \u00b7 {right} % of the points right", {
      count: this.costs.length.toLocaleString("en"),
      cost: this.cost.toFixed(4),
      right: (100 * this.accuracy).toFixed(1),
    });
  }

  /* Tell readers who listen; not while it plays, which would never end. */
  say() {
    element("said").textContent = this.summary();
  }

  /* The large picture: the output, or the response of the unit that is pointed at. */
  drawPicture() {
    const canvas = element("plane");
    const palette = this.palette;
    const [l, unit] = this.shown ?? [this.fields.length - 1, 0];
    const pen = this.drawUnit(canvas, l, unit, 2);
    const size = canvas.clientWidth;
    drawPoints(pen, this.grid, size, this.points, palette);
    if (this.shown) drawSigns(pen, this.grid, size, this.fields[l].Z[unit], palette);
    drawAxisNames(pen, size, palette);
    const caption = this.shown
      ? translated(
          "What unit {unit} of layer {layer} responds with: green, with a plus, where its weighted " +
            "sum z is positive, pink, with a minus, where it is negative. The line: z = 0.",
          { unit: unit + 1, layer: l + 1 },
        )
      : translated(
          "What the network says: blue where label 1 is more probable, orange where label 0 is. " +
            "The line: the probability is one half.",
        );
    if (element("caption").textContent !== caption) element("caption").textContent = caption;
    canvas.setAttribute("aria-label", this.shown ? caption : `${caption} ${this.summary()}`);
  }

  /* The field of a unit; the layer behind the last hidden one is the output. */
  drawUnit(canvas, l, unit, width) {
    const { Z, A } = this.fields[l];
    const { label0, label1, below, above } = this.palette;
    if (l === this.fields.length - 1) {
      const values = A[0].map((a) => 2 * a - 1);
      return drawField(canvas, this.grid, values, Z[0], this.palette, [label0, label1], 0.6, width);
    }
    const values = A[unit].map((a) => a / this.reaches[l]);
    return drawField(canvas, this.grid, values, Z[unit], this.palette, [below, above], 0.7, width);
  }

  /* The diagram of the network: a column a layer, a button a hidden unit, a line a weight. */
  drawNetwork() {
    const { units } = this.settings;
    const columns = units.map((count, l) => {
      const buttons = Array.from({ length: count }, (_, unit) => this.unitButton(l, unit));
      return this.column(translated("layer {layer}", { layer: l + 1 }), buttons);
    });
    const inputs = ["x\u2081", "x\u2082"].map((name) => unitBox("span", name));
    const output = unitBox("span", "");
    output.append(document.createElement("canvas"));
    element("layers").replaceChildren(
      this.column(translated("input"), inputs),
      ...columns,
      this.column(translated("output"), [output]),
    );
    element("units").replaceChildren(...units.map((count, l) => this.unitChoice(l, count)));
    this.placeLines();
  }

  column(name, boxes) {
    const column = document.createElement("div");
    column.className = "column";
    const heading = document.createElement("span");
    heading.className = "name";
    heading.textContent = name;
    column.append(heading, ...boxes);
    return column;
  }

  unitButton(l, unit) {
    const button = unitBox("button", "");
    button.type = "button";
    const place = { unit: unit + 1, layer: l + 1 };
    button.setAttribute("aria-label", translated("Unit {unit} of layer {layer}", place));
    button.dataset.unit = `${l},${unit}`;
    // One stop for the tabulator key; the arrow keys go on from there.
    button.tabIndex = l === 0 && unit === 0 ? 0 : -1;
    button.append(document.createElement("canvas"));
    for (const event of ["pointerenter", "focus", "click"]) {
      button.addEventListener(event, () => this.show([l, unit]));
    }
    for (const event of ["pointerleave", "blur"]) {
      button.addEventListener(event, () => this.show(null));
    }
    return button;
  }

  show(unit) {
    // When the pointer leaves, the unit that has the focus is shown again.
    const focused = document.activeElement?.dataset?.unit;
    this.shown = unit ?? (focused ? focused.split(",").map(Number) : null);
    for (const button of element("layers").querySelectorAll("button")) {
      button.classList.toggle("shown", button.dataset.unit === String(this.shown));
    }
    this.drawPicture();
  }

  /* Left and right go to another layer, up and down to another unit. */
  moveFocus(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const from = event.target.dataset?.unit;
    if (!from || !moves[event.key]) return;
    event.preventDefault();
    const [across, down] = moves[event.key];
    const [layer, unit] = from.split(",").map(Number);
    const { units } = this.settings;
    const l = Math.min(units.length - 1, Math.max(0, layer + across));
    const u = Math.min(units[l] - 1, Math.max(0, unit + down));
    const goal = element("layers").querySelector(`[data-unit="${l},${u}"]`);
    event.target.tabIndex = -1;
    goal.tabIndex = 0;
    goal.focus();
  }

  /* Lines between the units of neighbouring layers, where the units lie now. */
  placeLines() {
    const lines = element("lines");
    const frame = lines.getBoundingClientRect();
    const columns = [...element("layers").children].map((column) =>
      [...column.querySelectorAll(".unit")].map((box) => box.getBoundingClientRect()),
    );
    this.lines = this.network.layers.map(({ W }, l) =>
      W.map((weights, i) =>
        Array.from(weights, (_, j) => {
          const [from, to] = [columns[l][j], columns[l + 1][i]];
          const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
          line.setAttribute("x1", from.right - frame.left);
          line.setAttribute("y1", (from.top + from.bottom) / 2 - frame.top);
          line.setAttribute("x2", to.left - frame.left);
          line.setAttribute("y2", (to.top + to.bottom) / 2 - frame.top);
          return line;
        }),
      ),
    );
    lines.replaceChildren(...this.lines.flat(2));
  }

  /* The small pictures in the units, and the weights as lines. */
  drawUnits() {
    [...element("layers").children].slice(1).forEach((column, l) => {
      column.querySelectorAll("canvas").forEach((canvas, unit) => this.drawUnit(canvas, l, unit, 1));
    });
    this.network.layers.forEach(({ W }, l) => {
      const thickest = Math.max(1e-9, ...W.map(largest));
      W.forEach((weights, i) =>
        weights.forEach((weight, j) => {
          const line = this.lines[l][i][j];
          line.setAttribute("stroke-width", 0.4 + (3.6 * Math.abs(weight)) / thickest);
          line.setAttribute("stroke-dasharray", weight < 0 ? "4 4" : "none");
        }),
      );
    });
  }

  // Choosing ------------------------------------------------------------------------------------

  fillChoices() {
    const { choices, settings } = this;
    const sets = Object.entries(this.data).map(([key, { name }]) => [key, name]);
    fill("points", sets, settings.points);
    fill("depth", countTo(0, choices.layers), settings.units.length);
    const names = { linear: translated("linear") };
    const activations = choices.activation.map((key) => [key, names[key] ?? key.replace("_", " ")]);
    fill("activation", activations, settings.activation);
    fill("rate", choices.learningRate.map((rate) => [rate, rate]), settings.learningRate);
    fill("start", Object.entries(STARTS).map(([key, { name }]) => [key, name]), settings.start);
    fill("steps", choices.steps.map((steps) => [steps, steps]), settings.steps);
  }

  unitChoice(l, count) {
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.id = `units-${l + 1}`;
    label.append(translated("Units in layer {layer}", { layer: l + 1 }), select);
    select.append(...options(countTo(1, this.choices.units), count));
    select.addEventListener("change", () => {
      this.settings.units[l] = Number(select.value);
      this.restart();
      element(select.id).focus(); // the choice was drawn anew
    });
    return label;
  }

  restart() {
    this.play(false);
    this.build();
    this.say();
  }

  listen() {
    const { settings } = this;
    element("play").addEventListener("click", () => this.play(!this.playing));
    element("step").addEventListener("click", () => {
      this.play(false);
      this.train(settings.steps);
      this.draw();
      this.say();
    });
    element("again").addEventListener("click", () => this.restart());
    element("other").addEventListener("click", () => {
      this.seed += 1;
      this.restart();
    });
    const chosen = (name, take, isNewStart = true) =>
      element(name).addEventListener("change", (event) => {
        take(event.target.value);
        if (isNewStart) this.restart();
      });
    chosen("points", (value) => (settings.points = value));
    chosen("activation", (value) => (settings.activation = value));
    chosen("start", (value) => (settings.start = value));
    chosen("depth", (value) => {
      const last = settings.units.at(-1) ?? 4;
      settings.units = Array.from({ length: value }, (_, l) => settings.units[l] ?? last);
    });
    // These change how it goes on, and need no new start.
    chosen("rate", (value) => (settings.learningRate = Number(value)), false);
    chosen("steps", (value) => (settings.steps = Number(value)), false);

    element("layers").addEventListener("keydown", (event) => this.moveFocus(event));
    new ResizeObserver(() => {
      this.placeLines();
      this.draw();
    }).observe(element("playground"));
    const redraw = () => this.draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }
}

/* The largest absolute value of a row. */
function largest(row) {
  return row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function unitBox(tag, text) {
  const box = document.createElement(tag);
  box.className = "unit";
  box.textContent = text;
  return box;
}

function countTo(first, last) {
  return Array.from({ length: last - first + 1 }, (_, i) => [first + i, first + i]);
}

function options(choices, chosen) {
  return choices.map(([value, name]) => new Option(name, value, false, value === chosen));
}

function fill(name, choices, chosen) {
  element(name).replaceChildren(...options(choices, chosen));
}

/* Where the page stands inside another one, it takes that one's theme and is as tall as it needs. */
function settleInPage() {
  const frame = window.frameElement; // null for a page of its own
  if (!frame) return;
  const outer = frame.ownerDocument;
  const takeTheme = () => {
    const lab = outer.body.dataset.jpThemeLight;
    const theme = lab ? (lab === "true" ? "light" : "dark") : outer.documentElement.dataset.theme;
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  };
  takeTheme();
  const watch = new MutationObserver(takeTheme);
  watch.observe(outer.body, { attributeFilter: ["data-jp-theme-light"] });
  watch.observe(outer.documentElement, { attributeFilter: ["data-theme"] });
  const takeHeight = () => (frame.style.height = `${Math.ceil(document.body.offsetHeight)}px`);
  new ResizeObserver(takeHeight).observe(document.body);
}

element("without").hidden = true;
element("playground").hidden = false;
settleInPage();
const playground = new Playground(JSON.parse(element("given").textContent));
