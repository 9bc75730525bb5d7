import type { Messages } from '../en';
import type { start as english } from '../en/start';

export const start: Messages<typeof english> = {
  title: '开始',
  intro: '从公开的参考架构出发，一分钟换成客户自己的数字。所有数据都留在本机。',
  fresh: '新建项目',
  freshNote: '只需一个加速器数量即可开始。',
  file: '已保存的项目可通过上方“打开项目”打开。',
  templates: '模板',
  use: '使用',
  useNamed: '使用模板 {name}',
  accelerators: '{n} 个加速器',
  source: '来源',
};
