import type { en, Messages } from './en';
import { commands, options, tour, workspace } from './zh/app';
import { brief } from './zh/brief';
import { compare } from './zh/compare';
import { workload } from './zh/workload';
import { catalog } from './zh/catalog';
import { common } from './zh/common';
import { media } from './zh/media';
import { pictures } from './zh/pictures';
import { prices } from './zh/prices';
import { quote } from './zh/quote';
import { scaleOut } from './zh/scale-out';
import { start } from './zh/start';
import { supernode } from './zh/supernode';

export const zh: Messages<typeof en> = {
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
