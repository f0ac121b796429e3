// Runs golden vectors in Node.js: node run.mjs NAME.vector...  Prints one line a vector, exits 1 on a
// difference. A vector is NAME.wasm and a script of calls; see docs/abi.md, "Golden vectors".
import { readFileSync } from 'node:fs';

const HEADER = 32;
const STATE_MODE_FULL = 0;
const EVENT = 0;

class Kernel {
  constructor(wasm, math) {
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(wasm), math).exports;
    this.area = 0;
    this.input = 0;
  }

  get view() {
    return new DataView(this.exports.memory.buffer);
  }

  put(bytes) {
    const address = this.exports.g_alloc(bytes.length);
    new Uint8Array(this.exports.memory.buffer).set(bytes, address);
    return address;
  }

  open(parameters) {
    this.slot = this.exports.g_open(this.put(parameters));
    return this.slot;
  }

  outputArea(extent) {
    this.extent = extent;
    this.area = this.exports.g_alloc(extent);
    this.clear();
  }

  clear() {
    new Uint8Array(this.exports.memory.buffer).fill(0, this.area, this.area + HEADER);
    this.view.setUint32(this.area, this.extent, true);
  }

  setInput(batch) {
    this.exports.g_free(this.input);
    this.input = this.put(batch);
    const rows = this.view.getUint32(this.input + 4, true);
    const stride = this.view.getUint32(this.input + 8, true);
    for (let row = 0; row < rows; row++) {
      this.view.setUint32(this.input + HEADER + row * stride, this.slot, true);
    }
  }

  /** The output as one batch without its gap, the slot word of every row 0. */
  take() {
    const view = this.view;
    const rows = view.getUint32(this.area + 4, true);
    const stride = view.getUint32(this.area + 8, true);
    const arena = view.getUint32(this.area + 24, true);
    const head = HEADER + rows * stride;
    const total = (head + arena + 7) & ~7;
    const memory = new Uint8Array(this.exports.memory.buffer);
    const batch = new Uint8Array(total);
    batch.set(memory.subarray(this.area, this.area + head));
    const end = this.area + this.extent;
    batch.set(memory.subarray(end - arena, end), total - arena);
    const out = new DataView(batch.buffer);
    out.setUint32(0, total, true);
    for (let row = 0; row < rows; row++) {
      out.setUint32(HEADER + row * stride, 0, true);
    }
    this.clear();
    return Buffer.from(batch).toString('hex');
  }
}

function step(state, words) {
  const [name, ...a] = words;
  const k = state.kernel;
  switch (name) {
    case 'area': return k.outputArea(Number(a[0]));
    case 'open': state.parameters = Buffer.from(a[0] ?? '', 'hex'); return k.open(state.parameters) > 0;
    case 'input': return k.setInput(Buffer.from(a[0], 'hex'));
    case 'process':
      return k.exports.g_process(
        Number(a[3] ?? 0), k.input, Number(a[1]), Number(a[2]), a[0] === 'slot' ? k.slot : 0, k.area);
    case 'time': return k.exports.g_time(k.slot, EVENT, BigInt(a[0]), k.area);
    case 'drain': return k.exports.g_drain(k.slot, k.area);
    case 'save': return k.exports.g_save(k.slot, STATE_MODE_FULL, k.area);
    case 'load': return k.exports.g_load(k.slot, k.input, Number(a[0]), Number(a[1]));
    case 'pending': return k.view.getUint32(k.slot + 16, true);
    case 'take': return k.take();
    case 'fresh': {
      const extent = k.extent;
      k.exports.g_close(k.slot);
      state.kernel = new Kernel(state.wasm, {});
      state.kernel.outputArea(extent);
      return state.kernel.open(state.parameters) > 0;
    }
    default: throw new Error('unknown step ' + name);
  }
}

let failed = false;
for (const file of process.argv.slice(2)) {
  const wasm = readFileSync(file.replace(/vector$/, 'wasm'));
  const state = { wasm, kernel: new Kernel(wasm, {}) };
  let number = 0;
  let bad = '';
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    number++;
    const [call, expected] = line.split('=>').map((s) => s.trim());
    if (call === '' || call.startsWith('#') || bad) continue;
    const actual = step(state, call.split(/\s+/));
    if (expected !== undefined && String(actual) !== expected) {
      bad = `line ${number}: got ${actual}`;
    }
  }
  failed ||= bad !== '';
  console.log(`${file}: ${bad || 'ok'}`);
}
process.exit(failed ? 1 : 0);
