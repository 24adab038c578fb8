import {
  codeForSight,
  type Division,
  districtOf,
  type DivisionTree,
  type LocalDate,
  type Sight,
  treeInSight,
} from '@ledger/domain';
import { type Folded, nothingIn, type StreamKind } from './folded-streams.js';

/** The folded tree of the district that a code lies in. */
export type TreeOf = (code: string) => Promise<DivisionTree>;

/**
 * A sight for one command. Grants know divisions by the codes of today; facts and commands name them by those of any day,
 * so each is asked for by what it is called today.
 */
export class Horizon implements Sight {
  readonly #trees = new Map<string, DivisionTree>();
  readonly #seen = new Map<string, boolean>();

  constructor(
    private readonly sight: Sight,
    private readonly treeOf: TreeOf,
    private readonly today: LocalDate,
  ) {}

  seesDivision(code: string): boolean {
    const known = this.#seen.get(code);
    if (known !== undefined) return known;
    const sees = this.sight.seesDivision(this.#today(code));
    if (this.#trees.has(districtOf(code))) this.#seen.set(code, sees);
    return sees;
  }

  seesBook(book: string, village: string): boolean {
    return this.sight.seesBook(book, this.#today(village));
  }

  seesAttachment(sha256: string): boolean {
    return this.sight.seesAttachment(sha256);
  }

  /**
   * Whether what is there of a stream is out of sight: all the divisions that its facts touch are, or the book is whose
   * stream it is. Where nothing is, nothing is hidden.
   */
  async hides(stream: string, divisions: Iterable<string>): Promise<boolean> {
    if (SEEN_BY_ALL.test(stream)) return false;
    const [, book] = OF_A_BOOK.exec(stream) ?? [];
    let hidden = false;
    for (const code of divisions) {
      await this.#know(code);
      if (book === undefined ? this.seesDivision(code) : this.seesBook(book, code)) return false;
      hidden = true;
    }
    return hidden;
  }

  /** What is out of sight comes back as if nothing were there, and a district's tree with the rest. */
  async within<S>(folded: Folded<S>, kind: StreamKind<S>, stream: string): Promise<Folded<S>> {
    if (stream.startsWith('divisions-')) {
      if (this.sight.seesDivision(`${stream.slice('divisions-'.length)}000000`)) return folded;
      return { ...folded, state: this.#tree(folded.state as DivisionTree) as S };
    }
    return (await this.hides(stream, folded.divisions)) ? nothingIn(kind) : folded;
  }

  #tree(tree: DivisionTree): DivisionTree {
    const sees = ({ id }: Division): boolean => this.sight.seesDivision(codeForSight(tree, id, this.today));
    return treeInSight(tree, sees);
  }

  async #know(code: string): Promise<void> {
    const district = districtOf(code);
    if (!this.#trees.has(district)) this.#trees.set(district, await this.treeOf(code));
  }

  #today(code: string): string {
    return codeForSight(this.#trees.get(districtOf(code)), code, this.today);
  }
}

/** Trees are seen as far as their divisions are; grants and published figures have rules of their own. */
const SEEN_BY_ALL = /^(divisions|access|indicator)-/;

const OF_A_BOOK = /^(?:book|assets|ledger)-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/;
