import type { Messages } from '../en';
import type { catalog as english } from '../en/catalog';

export const catalog: Messages<typeof english> = {
  title: '产品目录',
  intro: '全部已知部件及其数据来源。估算值说明了推算依据。',
  search: '搜索',
  kind: '类别',
  allKinds: '全部类别',
  kinds: {
    accelerator: '加速器',
    supernode: '超节点',
    nic: '网卡',
    switch: '交换机',
    transceiver: '光模块',
    cable: '线缆',
    fibre: '光纤',
    rack: '机柜',
    'failure-rate': '故障率',
  },
  column: { model: '型号', kind: '类别', figures: '参数', price: '价格', confidence: '可信度' },
  confidence: { datasheet: '数据手册', vendor: '厂商', secondary: '二手资料', estimate: '估算' },
  details: '{model} 详情',
  show: '查看',
  close: '关闭',
  source: '来源',
  priceSource: '价格来源',
  notes: '备注',
  count: '{all} 个部件中的 {shown} 个',
  none: '没有匹配的部件。',
  lifecycle: { 'end-of-life': '已停产', announced: '已发布' },
};
