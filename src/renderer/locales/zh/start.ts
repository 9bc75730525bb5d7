import type { Messages } from '../en';
import type { start as english } from '../en/start';

export const start: Messages<typeof english> = {
  title: '开始',
  intro: '从公开的参考架构出发，一分钟换成客户自己的数字。所有数据都留在本机。',
  fresh: '新建项目',
  freshNote: '只需一个加速器数量即可开始。',
  file: '已保存的项目可通过上方“打开项目”打开。',
  templates: '模板',
  templatesNote: '公开的参考架构与常见起点；之后每个字段都可以修改。',
  loading: '正在读取模板…',
  none: '没有可用的模板，请从新项目开始。',
  failed: '无法读取模板：{message}',
  use: '使用',
  useNamed: '使用模板 {name}',
  accelerators: '{n} 个加速器',
  source: '来源',
};
