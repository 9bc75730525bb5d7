import { commands, options, tour, workspace } from './en/app';
import { brief } from './en/brief';
import { compare } from './en/compare';
import { workload } from './en/workload';
import { catalog } from './en/catalog';
import { common } from './en/common';
import { media } from './en/media';
import { pictures } from './en/pictures';
import { prices } from './en/prices';
import { quote } from './en/quote';
import { scaleOut } from './en/scale-out';
import { start } from './en/start';
import { supernode } from './en/supernode';

export const en = {
  common,
  start,
  brief,
  supernode,
  scaleOut,
  media,
  quote,
  catalog,
  workload,
  compare,
  pictures,
  prices,
  commands,
  options,
  tour,
  workspace,
};

/** The shape of a language: the same keys as English, any text. */
export type Messages<T> = { readonly [K in keyof T]: T[K] extends string ? string : Messages<T[K]> };
