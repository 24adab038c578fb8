import { globSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

// What else a pure lib must not use, .oxlintrc.json and .dependency-cruiser.cjs forbid; oxlint has no rule for a
// constructor that is called without arguments.
const CLOCK = /\bDate\(\s*\)|\bnew Date(?!\s*\()/;

it.each(['accounting', 'domain', 'views', 'forecast', 'transparency'])('%s makes no date of the present', (lib) => {
  const files = globSync(`libs/${lib}/src/**/*.ts`);
  expect(files).not.toEqual([]);
  expect(files.filter((file) => CLOCK.test(readFileSync(file, 'utf8')))).toEqual([]);
});

it.each(['new Date()', 'new Date', 'Date( )'])('would find %s', (source) => expect(source).toMatch(CLOCK));
it('lets an instant be written as a date', () => expect('new Date(instantMs)').not.toMatch(CLOCK));
