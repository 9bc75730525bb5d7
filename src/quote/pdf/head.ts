import type { Content, TableCell } from 'pdfmake/interfaces';
import type { Messages } from '../language';
import { readPicture } from '../workbook/drawing/read-picture';
import type { OpenDesign, OpenQuote } from '../workbook/view';
import { groupDigits } from './amount';
import { clean, hex, muted, ruled } from './style';

/** Who is offered what by whom, and until when. */
export function head(quote: OpenQuote, design: OpenDesign, words: Messages): Content[] {
  const { word, sentence } = words;
  const subject = sentence.design(groupDigits(String(design.accelerators)), groupDigits(String(design.supernodes)), design.supernode.name);
  return [
    letterhead(quote, words),
    { text: word.quotation, fontSize: 10, color: hex('muted') },
    { text: clean(quote.name), fontSize: 19, color: hex('accent'), margin: [0, 2, 0, 2] },
    { text: subject, color: hex('muted'), margin: [0, 0, 0, 14] },
    facts(quote, words),
  ];
}

/** The supplier's logo on the left, the supplier on the right. */
function letterhead({ sender }: OpenQuote, { word }: Messages): Content {
  const logo = readPicture(sender.logo, sender.name);
  const about = [sender.contact, sender.address, sender.email, sender.phone, sender.taxId === '' ? '' : `${word.taxId} ${sender.taxId}`];
  const lines = about.filter((text) => text !== '').map(clean);
  if (logo === null && sender.name === '' && lines.length === 0) return { text: '' };
  return {
    columns: [
      logo === null ? { text: '', width: '*' } : { stack: [{ image: sender.logo, fit: [170, 48] }], width: '*' },
      {
        width: 'auto',
        alignment: 'right',
        text: [
          { text: clean(sender.name), fontSize: 11 },
          { text: lines.map((line) => `\n${line}`).join(''), color: hex('muted'), fontSize: 8 },
        ],
      },
    ],
    margin: [0, 0, 0, 18],
  };
}

function facts(quote: OpenQuote, { word, sentence }: Messages): Content {
  const { customer } = quote;
  const pair = (label: string, value: string): TableCell[] => [muted(label), { text: clean(value || '—') }];
  const party = [
    [word.address, customer.address],
    [word.email, customer.email],
    [word.phone, customer.phone],
    [word.taxId, customer.taxId],
  ] as const;
  const left = [
    pair(word.customer, customer.name),
    pair(word.contact, customer.contact),
    ...party.filter(([, value]) => value !== '').map(([label, value]) => pair(label, value)),
    pair(word.reference, customer.reference),
  ];
  const right = [
    pair(word.number, quote.number),
    pair(word.revision, String(quote.revision)),
    pair(word.date, quote.date),
    pair(word.validUntil, quote.validUntil),
    ...(quote.leadDays === null ? [] : [pair(word.leadTime, sentence.days(quote.leadDays))]),
  ];
  const none: TableCell[] = [{ text: '' }, { text: '' }];
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, row) => [...(left[row] ?? none), ...(right[row] ?? none)]);
  return { table: { widths: [72, '*', 82, 120], body: rows }, layout: ruled, margin: [0, 0, 0, 16] };
}
