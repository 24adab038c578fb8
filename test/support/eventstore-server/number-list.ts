type Numbers = Uint32Array | Float64Array;

/** Numbers in their order, four or eight bytes each: an index of millions of events that the collector need not walk. */
export class NumberList {
  #items: Numbers;
  #length = 0;

  constructor(private readonly kind: typeof Uint32Array | typeof Float64Array) {
    this.#items = new kind(1024);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = new this.kind(this.#length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = value;
  }

  at(index: number): number {
    if (index < 0 || index >= this.#length) throw new RangeError(`no number at ${index} of ${this.#length}`);
    return this.#items[index] ?? 0;
  }

  /** The index of the first number that is not below the value, of a list that rises; its length when all are below. */
  firstNotBelow(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
