"use strict";
/* What the playground draws on canvases. Lengths are in pixels of the page. */

/* The colours of the course, for a light page and for a dark one: red, green, blue. */
const PALETTES = {
  light: {
    label0: [230, 159, 0],
    label1: [0, 114, 178],
    below: [204, 121, 167],
    above: [0, 158, 115],
    middle: [255, 255, 255],
    ink: "#222222",
    faint: "#8c8c8c",
  },
  dark: {
    label0: [230, 159, 0],
    label1: [70, 160, 225],
    below: [214, 130, 178],
    above: [20, 178, 132],
    middle: [29, 33, 40],
    ink: "#eeeeee",
    faint: "#8f959e",
  },
};

/* Make a canvas sharp on this screen, and clear it. Returns what to draw with. */
function cleared(canvas) {
  const scale = window.devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round(canvas.clientHeight * scale);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  return pen;
}

/* A square grid of points over a part of the plane: the first row of points is the upper one. */
class Grid {
  /* low, high: the ends of both axes. side: how many points an edge has. */
  constructor(low, high, side) {
    this.low = low;
    this.high = high;
    this.side = side;
    this.X = [new Float64Array(side * side), new Float64Array(side * side)];
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        this.X[0][row * side + column] = low[0] + ((high[0] - low[0]) * column) / (side - 1);
        this.X[1][row * side + column] = high[1] - ((high[1] - low[1]) * row) / (side - 1);
      }
    }
  }

  /* Where a point lies in a square of this size. */
  place(x1, x2, size) {
    return [
      ((x1 - this.low[0]) / (this.high[0] - this.low[0])) * size,
      ((this.high[1] - x2) / (this.high[1] - this.low[1])) * size,
    ];
  }
}

/* The colours of a grid as a picture of side x side pixels.
   values: one number a point. [low, high]: the colours of -1 and of 1, white or dark in between.
   strength: the share of the colour at the ends, so that points stand out. */
function shades(values, side, { middle }, [low, high], strength) {
  const picture = new ImageData(side, side);
  values.forEach((value, i) => {
    const share = strength * Math.min(1, Math.abs(value));
    const end = value < 0 ? low : high;
    for (let part = 0; part < 3; part++) {
      picture.data[4 * i + part] = middle[part] + share * (end[part] - middle[part]);
    }
    picture.data[4 * i + 3] = 255;
  });
  const canvas = new OffscreenCanvas(side, side);
  canvas.getContext("2d").putImageData(picture, 0, 0);
  return canvas;
}

/* The line on which Z is zero, by marching squares: pairs of ends [column, row] of short pieces. */
function zeroLine(Z, side) {
  const pieces = [];
  for (let row = 0; row < side - 1; row++) {
    for (let column = 0; column < side - 1; column++) {
      const first = row * side + column;
      // The corners of a square, in a round; most squares lie on one side as a whole.
      const z = [Z[first], Z[first + 1], Z[first + side + 1], Z[first + side]];
      const above = (z[0] > 0) + (z[1] > 0) + (z[2] > 0) + (z[3] > 0);
      if (above === 0 || above === 4) continue;
      const places = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
      const crossings = [];
      for (let i = 0; i < 4; i++) {
        const next = (i + 1) % 4;
        if (z[i] > 0 === z[next] > 0) continue;
        const way = z[i] / (z[i] - z[next]);
        crossings.push(places[i].map((part, axis) => part + way * (places[next][axis] - part)));
      }
      for (let i = 0; i < crossings.length; i += 2) pieces.push(crossings.slice(i, i + 2));
    }
  }
  return pieces;
}

/* Colour a whole canvas by the values of a grid, and draw the line on which Z is zero. */
function drawField(canvas, grid, values, Z, palette, ends, strength, width) {
  const pen = cleared(canvas);
  const size = canvas.clientWidth;
  pen.imageSmoothingEnabled = true;
  // The outermost points of the grid lie on the edge of the canvas, not half a pixel inside.
  const half = size / (grid.side - 1) / 2;
  const picture = shades(values, grid.side, palette, ends, strength);
  pen.drawImage(picture, -half, -half, size + 2 * half, size + 2 * half);
  pen.strokeStyle = palette.ink;
  pen.lineWidth = width;
  pen.lineCap = "round";
  pen.beginPath();
  for (const [from, to] of zeroLine(Z, grid.side)) {
    pen.moveTo(2 * half * from[0], 2 * half * from[1]);
    pen.lineTo(2 * half * to[0], 2 * half * to[1]);
  }
  pen.stroke();
  return pen;
}

/* Points of label 0 as circles, of label 1 as triangles. */
function drawPoints(pen, grid, size, { X, Y }, palette) {
  pen.lineWidth = 0.6;
  pen.strokeStyle = palette.ink;
  for (const label of [0, 1]) {
    pen.fillStyle = `rgb(${label ? palette.label1 : palette.label0})`;
    Y.forEach((y, i) => {
      if (y !== label) return;
      const [x, yPlace] = grid.place(X[0][i], X[1][i], size);
      pen.beginPath();
      if (label === 0) {
        pen.arc(x, yPlace, 3, 0, 2 * Math.PI);
      } else {
        pen.moveTo(x, yPlace - 3.8);
        pen.lineTo(x + 3.5, yPlace + 2.6);
        pen.lineTo(x - 3.5, yPlace + 2.6);
      }
      pen.closePath();
      pen.fill();
      pen.stroke();
    });
  }
}

/* A sign in the middle of each side of the zero line, so that colours need not be told apart. */
function drawSigns(pen, grid, size, Z, palette) {
  for (const [sign, isSide] of [["+", (z) => z > 0], ["\u2212", (z) => z <= 0]]) {
    let [count, x, y] = [0, 0, 0];
    Z.forEach((z, i) => {
      if (!isSide(z)) return;
      count++;
      x += grid.X[0][i];
      y += grid.X[1][i];
    });
    if (count === 0) continue;
    const middle = grid.place(x / count, y / count, size);
    pen.beginPath();
    pen.arc(...middle, 10, 0, 2 * Math.PI);
    pen.fillStyle = `rgb(${palette.middle})`;
    pen.strokeStyle = palette.ink;
    pen.lineWidth = 1;
    pen.fill();
    pen.stroke();
    pen.fillStyle = palette.ink;
    pen.font = "bold 15px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(sign, middle[0], middle[1] + 1);
  }
}

/* The names of the axes, at their ends. */
function drawAxisNames(pen, size, palette) {
  pen.font = "italic 15px serif";
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  for (const [name, x, y] of [["x\u2081", size - 24, size - 8], ["x\u2082", 7, 17]]) {
    pen.fillStyle = `rgb(${palette.middle})`;
    pen.fillRect(x - 3, y - 13, 23, 19);
    pen.fillStyle = palette.ink;
    pen.fillText(name, x, y);
  }
}

/* The cost after 0, 1, 2, ... iterations. Costs above the top of the plot are drawn at its edge. */
function drawCosts(canvas, costs, palette) {
  const pen = cleared(canvas);
  const [left, right, top, bottom] = [34, canvas.clientWidth - 8, 8, canvas.clientHeight - 20];
  const highest = Math.min(2, costs.reduce((a, b) => Math.max(a, b), 0.75));
  const last = Math.max(10, costs.length - 1);
  const up = (cost) => bottom - (Math.min(cost, highest) / highest) * (bottom - top);
  const across = (step) => left + (step / last) * (right - left);

  pen.font = "12px sans-serif";
  pen.fillStyle = palette.ink;
  pen.strokeStyle = palette.faint;
  pen.lineWidth = 1;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (let tick = 0; tick <= highest + 0.01; tick += highest > 1 ? 0.5 : 0.25) {
    pen.globalAlpha = tick === 0 ? 1 : 0.35;
    pen.beginPath();
    pen.moveTo(left, up(tick));
    pen.lineTo(right, up(tick));
    pen.stroke();
    pen.globalAlpha = 1;
    pen.fillText(tick.toFixed(2), left - 5, up(tick));
  }
  pen.textBaseline = "top";
  pen.textAlign = "left";
  pen.fillText("0", left, bottom + 5);
  pen.textAlign = "right";
  pen.fillText(last.toLocaleString("en"), right, bottom + 5);
  pen.textAlign = "center";
  pen.fillText(translated("iterations"), (left + right) / 2, bottom + 5);

  pen.strokeStyle = `rgb(${palette.label1})`;
  pen.lineWidth = 2;
  pen.lineJoin = "round";
  pen.beginPath();
  // Not more points than the plot has pixels.
  const stride = Math.max(1, Math.floor(costs.length / (2 * (right - left))));
  for (let step = 0; step < costs.length; step += stride) pen.lineTo(across(step), up(costs[step]));
  pen.lineTo(across(costs.length - 1), up(costs.at(-1)));
  pen.stroke();
}
