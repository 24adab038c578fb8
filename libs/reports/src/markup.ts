/** A piece of a page that is safe to put into it as it is. Only `markup` makes one. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Insertion = Markup | string | number | false | undefined | readonly Insertion[];

/**
 * HTML by a tagged template. Whatever is put in is text and escaped, in elements and in quoted attributes alike, unless it
 * is itself markup: a name from the books can never become a tag.
 */
export function markup(parts: TemplateStringsArray, ...insertions: readonly Insertion[]): Markup {
  const texts = parts.flatMap((part, i) => [part, inserted(insertions[i])]);
  return new Markup(texts.join(''));
}

/** Text that another library made as markup, such as the picture of a chart. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function inserted(insertion: Insertion): string {
  if (insertion === undefined || insertion === false) return '';
  if (insertion instanceof Markup) return insertion.text;
  if (typeof insertion === 'string' || typeof insertion === 'number') return escaped(String(insertion));
  return insertion.map(inserted).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
