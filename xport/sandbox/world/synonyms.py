"""Words people search by that no kind of goods is called: tried where the word itself fails."""

from __future__ import annotations

_TABLE = """\
杯具: 马克杯 玻璃杯 保温杯
茶水杯: 马克杯 玻璃杯
咖啡用品: 咖啡器具 马克杯
办公用品: 笔记本 中性笔 文件夹 便利贴
文具: 笔记本 中性笔 文件夹 便利贴
数码: 数据线 充电器 耳机 鼠标
外设: 键盘 鼠标 摄像头 耳机
礼品: 徽章 钥匙扣 雨伞 充电宝
赠品: 徽章 钥匙扣 中性笔
衣服: T恤 卫衣
服装: T恤 卫衣
工作服: T恤 反光背心
工服: T恤 卫衣 反光背心
包装: 纸箱 封箱胶带 气泡膜
家具: 办公椅
五金: 工具套装 卷尺
劳保: 劳保手套 反光背心 劳保鞋
雨具: 雨伞
内存: u盘
闪盘: u盘
电脑配件: 键盘 鼠标 摄像头
餐厨: 厨房用具 刀叉餐具 饭盒
cup: mug
beaker: mug
stationery: notebook pen folder
gift: keyring badge umbrella
giveaway: keyring badge pen
clothing: tshirt hoodie
apparel: tshirt hoodie
uniform: tshirt hoodie vest
furniture: chair
drinkware: mug thermos glass
peripheral: keyboard mouse webcam
torch: lamp
brolly: umbrella
jumper: hoodie
trainer: sneaker
cellphone: mobile
wastebasket: storage
"""

SYNONYMS: dict[str, tuple[str, ...]] = {
    word: tuple(others.split())
    for word, others in (line.split(": ") for line in _TABLE.splitlines())
}
