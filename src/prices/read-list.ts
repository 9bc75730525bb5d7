import { InputFault } from '../units/fault';
import { readCsv } from './read-csv';
import { readXlsx } from './read-xlsx';
import type { ReadLimits, Table } from './table';

/** The tables of a list by its ending: the sheets of a workbook one after the other, or the one of a text file. */
export async function* tablesOf(name: string, bytes: Uint8Array, limits: ReadLimits): AsyncGenerator<Table> {
  if (isWorkbook(name)) yield* readXlsx(bytes, name, limits);
  else if (/\.(csv|tsv|txt)$/i.test(name)) yield readCsv(bytes, name, limits);
  else throw InputFault.of(name, 'is neither .xlsx nor .csv; save the list in one of the two');
}

export function isWorkbook(name: string): boolean {
  return /\.(xlsx|xlsm)$/i.test(name);
}
