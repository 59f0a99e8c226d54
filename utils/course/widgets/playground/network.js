"use strict";
/* A network for yes-or-no questions, and gradient descent: the LayeredNetwork of
   course/networks/layered.py in the language of browsers. A test holds the two against each other.

   A matrix is an array of rows, as in NumPy. X has one row a feature, A one row a unit, and each
   entry of a row belongs to one example. The labels Y are one row. */

/* For each name the function of z, and its derivative as a function of z and a = g(z). */
const ACTIVATIONS = {
  tanh: { value: Math.tanh, slope: (z, a) => 1 - a * a },
  sigmoid: { value: (z) => (1 + Math.tanh(z / 2)) / 2, slope: (z, a) => a * (1 - a) },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  leaky_relu: { value: (z) => Math.max(z, 0.01 * z), slope: (z) => (z > 0 ? 1 : 0.01) },
  linear: { value: (z) => z, slope: () => 1 },
};

class Network {
  /* layers: for each layer {W, b}, W with one row of weights a unit, b with one number a unit.
     hidden: the name of the activation function of the hidden layers; the last has the sigmoid. */
  constructor(layers, hidden) {
    this.layers = layers;
    this.hidden = hidden;
  }

  /* A network as it is before training, with zero biases.
     sizes: the number of units of each layer, the input first.
     weight: gives a weight, from the number of units of the layer before and a function that gives
     a normally distributed random number.
     seed: the same whole number gives the same weights. */
  static atStart(sizes, hidden, weight, seed) {
    const normal = normalNumbers(seed);
    const layers = sizes.slice(1).map((units, before) => ({
      W: Array.from({ length: units }, () =>
        Float64Array.from({ length: sizes[before] }, () => weight(sizes[before], normal)),
      ),
      b: new Float64Array(units),
    }));
    return new Network(layers, hidden);
  }

  /* The activation function of layer l; the first hidden layer has l = 0. */
  activation(l) {
    return ACTIVATIONS[l === this.layers.length - 1 ? "sigmoid" : this.hidden];
  }

  /* The forward pass: Z and A of every layer, the first hidden layer first. */
  forward(X) {
    const passed = [];
    let before = X;
    this.layers.forEach(({ W, b }, l) => {
      const Z = W.map((weights, i) => weightedSum(weights, before, b[i]));
      const A = Z.map((row) => row.map(this.activation(l).value));
      passed.push({ Z, A });
      before = A;
    });
    return passed;
  }

  /* The backward pass: dW and db of every layer, the derivatives of the cost.
     passed: what forward gave for the same X. */
  backward(X, Y, passed) {
    const m = Y.length;
    const gradients = [];
    // Sigmoid and cross-entropy together: the derivative is the prediction minus the label.
    let dZ = passed.at(-1).A.map((row) => row.map((a, i) => a - Y[i]));
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const before = l > 0 ? passed[l - 1].A : X;
      gradients[l] = {
        dW: dZ.map((errors) => Float64Array.from(before, (row) => dot(errors, row) / m)),
        db: Float64Array.from(dZ, (errors) => sum(errors) / m),
      };
      if (l > 0) {
        const { slope } = this.activation(l - 1);
        const { Z, A } = passed[l - 1];
        const { W } = this.layers[l];
        dZ = A.map((row, j) => {
          const dA = weightedSum(W.map((weights) => weights[j]), dZ, 0);
          return dA.map((value, i) => value * slope(Z[j][i], row[i]));
        });
      }
    }
    return gradients;
  }

  /* One step of gradient descent. Returns the cost before it. */
  step(X, Y, learningRate) {
    const passed = this.forward(X);
    this.backward(X, Y, passed).forEach(({ dW, db }, l) => {
      const { W, b } = this.layers[l];
      W.forEach((weights, i) => weights.forEach((_, j) => (weights[j] -= learningRate * dW[i][j])));
      b.forEach((_, i) => (b[i] -= learningRate * db[i]));
    });
    return costOf(passed, Y);
  }
}

/* The cross-entropy cost, from Z of the last layer: log(1 + e^z) - y z, so that no log is of 0.
   passed: what forward gave for the examples whose labels are Y. */
function costOf(passed, Y) {
  const losses = passed.at(-1).Z[0].map((z, i) => {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - Y[i] * z;
  });
  return sum(losses) / Y.length;
}

/* The share of examples whose label is predicted correctly, from 0 to 1. */
function accuracyOf(passed, Y) {
  return passed.at(-1).A[0].filter((a, i) => a > 0.5 === (Y[i] === 1)).length / Y.length;
}

/* The sum over j of weights[j] * rows[j], plus a number: one row of W A + b. */
function weightedSum(weights, rows, plus) {
  const total = new Float64Array(rows[0].length).fill(plus);
  rows.forEach((row, j) => {
    const weight = weights[j];
    for (let i = 0; i < total.length; i++) total[i] += weight * row[i];
  });
  return total;
}

function dot(first, second) {
  let total = 0;
  for (let i = 0; i < first.length; i++) total += first[i] * second[i];
  return total;
}

function sum(numbers) {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/* A source of normally distributed random numbers: the same seed, the same numbers.
   Uniform ones by mulberry32 (a public-domain generator of 32 bits), normal ones by Box and Muller. */
function normalNumbers(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
