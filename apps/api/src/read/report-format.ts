import { type LinkTo, pageStyleSources, reportFileNames, type ReportFormat, reportFormats } from '@ledger/reports';
import type { MonthlyIncomeReport } from '@ledger/views';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentSecurityPolicy } from '../boot/security-headers.js';

export type AnswerFormat = ReportFormat | 'json';

export const answerFormats: readonly AnswerFormat[] = ['json', 'html', 'xlsx', 'csv'];

const MEDIA_TYPES: Readonly<Record<string, AnswerFormat>> = {
  'application/json': 'json',
  'application/*': 'json',
  '*/*': 'json',
  'text/html': 'html',
  'text/*': 'html',
  'text/csv': 'csv',
  [reportFormats.xlsx.mediaType]: 'xlsx',
};

/** A browser takes an answer for what it is said to be, and for nothing else. */
const SAFE = { 'x-content-type-options': 'nosniff' };

/** What a client takes best of what a report comes in; JSON for one that says nothing, or wants what there is not. */
export function acceptedFormat(accept: string | undefined): AnswerFormat {
  const wanted = (accept ?? '')
    .split(',')
    .map((range) => {
      const [mediaType = '', ...parameters] = range.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { format: MEDIA_TYPES[mediaType], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ format, weight }) => format !== undefined && weight > 0);
  return wanted.toSorted((a, b) => b.weight - a.weight)[0]?.format ?? 'json';
}

/** Whether an answer that is JSON for programs is a page for this reader, in a browser; the reply then says so. */
export function answersPage({ headers }: FastifyRequest, reply: FastifyReply): boolean {
  const shown = acceptedFormat(headers.accept) === 'html';
  void reply.headers({ vary: 'accept', ...(shown && PAGE_HEADERS) });
  return shown;
}

/** The headers of a report that is not JSON: a page is shown, the others are files with a name. */
export function reportHeaders(report: MonthlyIncomeReport, format: ReportFormat): Record<string, string> {
  const { name, ascii } = reportFileNames(report, format);
  const shown = format === 'html' ? 'inline' : 'attachment';
  const type = format === 'html' ? PAGE_HEADERS : { ...SAFE, 'content-type': reportFormats[format].mediaType };
  return { ...type, 'content-disposition': `${shown}; filename="${ascii}"; filename*=UTF-8''${rfc5987(name)}` };
}

/**
 * A page is read where it came from; a workbook is opened elsewhere, so its links begin with the address under which it
 * was asked for, which is part of the question.
 */
export function linksFor(format: ReportFormat, { host }: FastifyRequest): LinkTo {
  if (format === 'html' || !HOST.test(host)) return (href) => href;
  return (href) => `http://${host}${href}`;
}

const HOST = /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i;

/** A page has no script and needs nothing from elsewhere, and the browser is told to hold it to that. */
const PAGE_HEADERS = {
  ...SAFE,
  'content-type': reportFormats.html.mediaType,
  'content-security-policy': contentSecurityPolicy({ 'style-src': pageStyleSources }),
  'referrer-policy': 'no-referrer',
};

/** RFC 5987 leaves these to be escaped beyond what the function does. */
function rfc5987(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The same question for what comes after; null where nothing does. */
export function nextHref(next: string | null, url: string): string | null {
  if (next === null) return null;
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('after', next);
  return `${path}?${parameters.toString()}`;
}
