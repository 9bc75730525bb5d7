import type { Rule } from './workload-sentences';

/** What is wrong with a supplier's list or a price book, cell by cell. */
export const PRICE_RULES: readonly Rule[] = [
  [/^is empty, but the row has a price; name the part or delete the row$/, () => '为空，但该行有价格；请填写部件或删除该行'],
  [
    /^is empty; give a price, or delete the row so that the part is priced on request$/,
    () => '为空；请填写价格，或删除该行（该部件将按“询价”报出）',
  ],
  [
    /^is a formula without a stored result; open the file in your spreadsheet, save it and import it again$/,
    () => '是没有保存结果的公式；请用电子表格软件打开并保存该文件后重新导入',
  ],
  [
    /^is "(.*)", but an amount of at least 0 is needed, such as 1234\.50; correct or empty the cell$/,
    (text) => `为“${text}”，应为不小于 0 的金额，例如 1234.50；请更正或清空该单元格`,
  ],
  [/^is ([\d.]+), but a price has at most (\d+) decimals; round it$/, (value, most) => `为 ${value}，价格最多 ${most} 位小数；请取舍`],
  [/^is ([\d.]+), but a price has at most 12 digits before the point; correct it$/, (value) => `为 ${value}，整数部分最多 12 位；请更正`],
  [
    /^is "(.*)", but a whole number of at least (\d+) is needed; correct it$/,
    (text, least) => `为“${text}”，应为不小于 ${least} 的整数；请更正`,
  ],
  [
    /^is "(.*)", but a date is needed, such as (\S+); correct or empty the cell$/,
    (text, example) => `为“${text}”，应为日期，例如 ${example}；请更正或清空该单元格`,
  ],
  [
    /^is "(.*)", but a three-letter code such as USD is needed; correct it$/,
    (text) => `为“${text}”，应为三个字母的币种代码，例如 USD；请更正`,
  ],
  [
    /^is (.+), but the book is in ([A-Z]{3}); import the prices in .+ into a book of their own$/,
    (own, book) => `为 ${own}，而价格表以 ${book} 计；请将 ${own} 的价格导入另一份价格表`,
  ],
  [/^is "(.*)"; allowed: (datasheet.*)$/, (text, allowed) => `为“${text}”；可用：${allowed}`],
  [/^is told nowhere in the list; give the currency of its prices, such as USD$/, () => '价目表中没有注明；请填写价格的币种，例如 USD'],
  [
    /^is (.+) in the list; give one, and import the others into books of their own$/,
    (found) => `在价目表中有多种：${found}；请选定一种，其余导入各自的价格表`,
  ],
  [/^has more than ([\d,]+) rows; .*$/, (rows) => `超过 ${rows} 行；请拆分价目表，或删除没有价格的行`],
  [/^has (.+ MiB), but at most (.+ MiB) are read; .*$/, (size, most) => `大小为 ${size}，最多读取 ${most}；请删除没有价格的工作表或行`],
  [
    /^would expand to (.+ MiB), but at most (.+ MiB) are read; .*$/,
    (size, most) => `展开后为 ${size}，最多读取 ${most}；请删除工作表或图片`,
  ],
  [/^expands ([\d,]+)-fold, as no price list does; .*$/, (ratio) => `展开 ${ratio} 倍，不像价目表；请用电子表格软件另存`],
  [/^lies beyond column ([\d,]+); .*$/, (column) => `超出第 ${column} 列；请删除没有价格的列`],
  [/^is too large for a price list; at most (.+) are read$/, (most) => `作为价目表过大；最多读取 ${most}`],
  [/^took longer than (\d+) s to read; split the list$/, (seconds) => `读取超过 ${seconds} 秒；请拆分价目表`],
  [/^is neither \.xlsx nor \.csv; save the list in one of the two$/, () => '既不是 .xlsx 也不是 .csv；请另存为其中一种'],
  [/^is not an Excel workbook that can be read; .*$/, () => '不是可读取的 Excel 工作簿；请另存为无密码的 .xlsx，或 CSV'],
  [/^is not text in UTF-8; .*$/, () => '不是 UTF-8 文本；请另存为“CSV UTF-8”或 .xlsx'],
  [/^opens a quotation mark that is never closed; .*$/, () => '引号没有闭合；请补上或写成两个引号'],
  [/^has no row with the headings (.+); correct the mapping$/, (headings) => `没有含表头 ${headings} 的行；请更正列对应关系`],
  [
    /^has no row of headings with a part and a price among its first (\d+) rows; .*$/,
    (rows) => `前 ${rows} 行中没有同时含部件和价格的表头；请指定各列`,
  ],
  [/^is followed by no price; choose another sheet or file$/, () => '之后没有价格；请选择其他工作表或文件'],
  [/^holds nothing; choose another file$/, () => '没有内容；请选择其他文件'],
  [
    /^is priced twice for the same days; remove one of the two prices or part their days$/,
    () => '在同一时期有两个价格；请删除其一，或错开有效期',
  ],
  [/^is (\S+), before validFrom \((\S+)\); correct one of the two$/, (to, from) => `为 ${to}，早于生效日期（${from}）；请更正其一`],
  [
    /^has a step from (\d+) after one from (\d+); list the steps by rising quantity$/,
    (next, last) => `阶梯 ${next} 排在 ${last} 之后；请按数量从小到大排列`,
  ],
  [
    /^costs (\S+) from (\d+) on, more than fewer pieces do; correct the step$/,
    (price, from) => `从 ${from} 件起单价 ${price}，反而高于数量较少时；请更正`,
  ],
];
