# ruff: noqa: E501 - a word list reads best on one line
"""Cups, bottles, tea and coffee gear."""

from __future__ import annotations

from .model import kind

DRINKWARE = (
    kind(
        "mug", "马克杯=Mugs", branch="drinkware", trade="ceramics",
        heads="马克杯=mug|咖啡杯=coffee mug|陶瓷杯=ceramic mug|早餐杯=breakfast mug|办公水杯=office mug",
        materials="陶瓷=stoneware|骨瓷=bone china*1.7|釉下彩陶瓷=underglaze ceramic*1.2|粗陶=rough pottery*1.3|强化瓷=reinforced porcelain*1.15",
        styles="简约=minimalist|北欧风=Nordic|复古=retro|创意=creative|ins风=Instagram style|手绘=hand-painted|哑光=matte|窑变釉=kiln-glazed",
        features="带盖带勺=with lid and spoon|大容量=large capacity|可微波=microwave safe|可印logo=logo printing|防烫手柄=heat-safe handle|加厚杯身=thick-walled|礼盒装=gift boxed|耐高温=heat resistant",
        uses="办公室=office|家用=home|公司活动礼品=company giveaway|情侣对杯=couples|咖啡厅=café|广告促销=promotion",
        colours="white black red blue darkgreen pink yellow haze cream terracotta navy mint",
        axes="容量=Capacity: 350ml|400ml*1.06|450ml*1.12|500ml*1.2", price=(12.9, 49),
        weight=(300, 460), size=(13, 10, 11), moqs=(1, 2, 10, 24, 36, 48), batches=(6, 12, 24, 36),
        search="杯子 水杯 茶杯 杯 cup mugs tasse",
    ),
    kind(
        "thermos", "保温杯=Insulated bottles", branch="drinkware", trade="steelware",
        heads="保温杯=insulated bottle|真空保温杯=vacuum flask|不锈钢水杯=stainless steel bottle|车载保温杯=car tumbler|智能保温杯=smart thermos",
        materials="304不锈钢=304 stainless steel|316不锈钢=316 stainless steel*1.35|纯钛=pure titanium*3.2|304不锈钢内胆=304 steel liner",
        styles="商务=business|运动=sports|简约=minimalist|便携=portable|大容量=large capacity|轻量=lightweight|复古=retro|撞色=two-tone",
        features="长效保温=long-lasting insulation|弹盖一键开=one-touch lid|温度显示=temperature display|带茶漏=with tea infuser|防漏=leak-proof|带提绳=with carry strap|激光刻字=laser engraving|双层真空=double-wall vacuum",
        uses="户外运动=outdoor sports|办公室=office|商务礼品=business gift|学生上学=school|车载=car|员工福利=staff welfare",
        colours="black white steel navy darkgreen pink blue red lilac grey cream olive",
        axes="容量=Capacity: 350ml|480ml*1.1|500ml*1.12|750ml*1.3|1000ml*1.5", price=(29, 139),
        weight=(260, 520), size=(8, 8, 25), moqs=(1, 2, 10, 20, 50, 100), batches=(10, 20, 50),
        search="杯子 水杯 水壶 保温壶 杯 thermos flask tumbler cup bottle vacuum",
    ),
)  # fmt: skip
