import type { Messages } from '../en';
import type * as english from '../en/app';

export const commands: Messages<typeof english.commands> = {
  palette: '全部命令',
  search: '输入命令或字段名',
  none: '没有这个名称的命令。',
  shortcuts: '键盘快捷键',
  tour: '查看导览',
  new: '新建项目',
  duplicate: '复制此方案',
  option: '转到方案 {name}',
  go: '转到{step}',
  group: { go: '步骤', project: '项目', view: '视图', field: '字段' },
};

export const options: Messages<typeof english.options> = {
  title: '本项目的方案',
  one: '方案 {name}',
  rename: '方案名称',
  hint: '双击或按 F2 重命名',
  remove: '删除方案 {name}',
};

export const tour: Messages<typeof english.tour> = {
  title: '导览',
  offer: '第一次使用？五步了解如何从需求到报价。',
  begin: '开始导览',
  skip: '跳过导览',
  count: '第 {n} 步，共 {all} 步',
  next: '下一步',
  back: '上一步',
  done: '完成',
  start: { title: '从已发布的架构开始', text: '每个模板都是带出处的参考架构；也可以从空白需求开始。' },
  brief: { title: '填写客户所说的', text: '只填加速器数量就够了。留空的字段会自动选择并说明理由。' },
  result: { title: '设计结果始终在这里', text: '数量、功率和价格随每次修改更新。展开说明可查看每个数字的公式与出处。' },
  steps: { title: '随意跳转', text: '并排比较超节点、网络和介质，点击即可采用；撤销可恢复一切。' },
  quote: { title: '带走一份报价', text: '设置折扣、利润和条款，导出带公式的工作簿和线缆表。按 Ctrl+K 可查找任何命令。' },
};

export const workspace: Messages<typeof english.workspace> = {
  recent: '最近的项目',
  unsaved: '未存为文件',
  open: '打开',
  forget: '从列表移除 {name}',
  accelerators: '{n} 个加速器',
  conflict: '本项目在 {when} 被另一个窗口修改。未覆盖任何内容。',
  theirs: '显示该版本',
  both: '两者都保留',
  copyOf: '{name}（2）',
};
