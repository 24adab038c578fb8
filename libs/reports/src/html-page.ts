import { hash } from 'node:crypto';
import { markup, type Markup } from './markup.js';
import { pageStyle } from './page-style.js';
import { DEMO } from './provenance.js';
import type { Words } from './table.js';
import { bilingual } from './table-markup.js';

export interface PageParts {
  readonly title: Words;
  /** Below the title, a line each. */
  readonly subtitles: readonly Words[];
  readonly demo: boolean;
  readonly main: Markup;
}

/** A page for a browser and a printer, complete in itself: no script, no picture or font from elsewhere. */
export function htmlPage({ title, subtitles, demo, main }: PageParts): string {
  return markup`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title.zh} ${title.en}</title>
<style>${styleOf(demo)}</style>
</head>
<body>
${demo && markup`<p class="warning">${bilingual(DEMO)}</p>\n`}<header>
<h1>${bilingual(title)}</h1>
${subtitles.map((subtitle) => markup`<p>${bilingual(subtitle)}</p>\n`)}</header>
<main>
${main}</main>
</body>
</html>
`.text;
}

/** What a content security policy says to let in the styles of these pages and no others: the hash of each. */
export const pageStyleSources: readonly string[] = [true, false].map(
  (demo) => `'sha256-${hash('sha256', styleOf(demo).text, 'base64')}'`,
);

function styleOf(demo: boolean): Markup {
  return markup`
${pageStyle(demo)}`;
}
