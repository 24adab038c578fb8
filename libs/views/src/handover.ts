import { dayNumber, monthNumber } from './calendar.js';
import { register } from './register.js';

/** Who has handed a book over to whom, with what was unfinished. The lists are stored as JSON, in the words of the fact. */
export const handover = register({
  name: 'handover',
  version: 1,
  columns: {
    book: 'book',
    position: 'integer',
    effective_on: 'integer',
    handed_by: 'text',
    taken_by: 'text',
    witness: 'text',
    prepared_by: 'text',
    last_closed: 'integer',
    open_months: 'text',
    open_items: 'text',
  },
  key: ['book', 'position'],
  on: {
    AccountantHandedOver: ({ data, effectiveOn }, position) => [
      {
        book: data.book,
        position,
        effective_on: dayNumber(effectiveOn),
        handed_by: data.from,
        taken_by: data.to,
        witness: data.witness,
        prepared_by: data.preparedBy,
        last_closed: data.lastClosed === undefined ? null : monthNumber(data.lastClosed),
        open_months: JSON.stringify(data.openMonths),
        open_items: JSON.stringify(data.openItems),
      },
    ],
  },
});
