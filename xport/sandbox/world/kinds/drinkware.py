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
    kind(
        "glass", "玻璃杯=Drinking glasses", branch="drinkware", trade="glassware",
        heads="玻璃杯=drinking glass|高硼硅玻璃水杯=borosilicate glass cup|威士忌杯=whisky glass|双层玻璃杯=double-wall glass|果汁杯=juice glass",
        materials="高硼硅玻璃=borosilicate glass*1.3|钠钙玻璃=soda-lime glass|钢化玻璃=tempered glass*1.15|水晶玻璃=crystal glass*1.5",
        styles="竖纹=ribbed|日式=Japanese|复古浮雕=embossed vintage|极简=minimalist|彩色=coloured|锤纹=hammered|加厚=thick",
        features="耐热=heat resistant|可叠放=stackable|带吸管=with straw|可印logo=logo printing|无铅=lead-free|可机洗=dishwasher safe|手工吹制=hand-blown",
        uses="家用=home|会议室=meeting room|酒店餐厅=hotel and restaurant|冷饮=cold drinks|待客=guests|酒吧=bar",
        colours="clear smoke amber mint pink lightblue", axes="容量=Capacity: 250ml|300ml*1.08|350ml*1.15|450ml*1.3",
        price=(4.5, 32), weight=(150, 340), size=(9, 9, 13), moqs=(6, 12, 24, 48), batches=(6, 12, 24),
        search="杯子 水杯 茶杯 杯 cup tumbler glasses glassware",
    ),
    kind(
        "bottle", "塑料水杯=Sports bottles", branch="drinkware", trade="daily",
        heads="运动水壶=sports bottle|随手杯=to-go bottle|吸管杯=straw bottle|塑料水杯=plastic water bottle|健身水壶=gym bottle",
        materials="Tritan=Tritan*1.4|食品级PP=food-grade PP|PC=polycarbonate*1.1|PET=PET*0.9",
        styles="大容量=large capacity|渐变色=gradient|便携=portable|简约=minimalist|磨砂=frosted|网红=trendy",
        features="带刻度=with scale|弹盖直饮=flip-top spout|密封防漏=leak-proof|带吸管=with straw|耐摔=drop resistant|带提绳=with carry loop|可印logo=logo printing",
        uses="健身=gym|户外骑行=cycling|学生=students|公司活动=company events|夏季=summer|车载=car",
        colours="clear smoke blue pink mint green purple orange lightblue", axes="容量=Capacity: 500ml|700ml*1.15|1000ml*1.35|2000ml*1.8",
        price=(7.9, 45), weight=(90, 260), size=(8, 8, 24), moqs=(1, 10, 50, 100), batches=(10, 20, 50),
        search="杯子 水杯 杯 水壶 cup water bottle",
    ),
    kind(
        "teaset", "茶具套装=Tea sets", branch="drinkware", trade="ceramics",
        heads="功夫茶具套装=kung fu tea set|茶壶套装=teapot set|旅行茶具=travel tea set|盖碗茶具=gaiwan tea set|快客杯=travel teapot",
        materials="白瓷=white porcelain|紫砂=Yixing clay*1.8|汝窑=Ru kiln ceramic*1.6|羊脂玉瓷=mutton-fat jade porcelain*2|粗陶=rough pottery",
        styles="中式=Chinese|日式=Japanese|轻奢=light luxury|手绘=hand-painted|复古=retro|简约=minimalist",
        features="带茶盘=with tea tray|礼盒装=gift boxed|便携收纳包=with travel case|一壶四杯=one pot and four cups|可刻字=engraving|防烫=heat-safe",
        uses="办公室待客=office guests|商务送礼=business gifts|家用=home|户外旅行=travel|会客厅=lounge",
        colours="white cream darkgreen black terracotta haze brown", axes="规格=Set: 一壶二杯=1 pot 2 cups|一壶四杯=1 pot 4 cups*1.25|一壶六杯=1 pot 6 cups*1.45",
        price=(48, 398), weight=(800, 2600), size=(32, 22, 14), unit="套=set", moqs=(1, 2, 5, 10),
        search="茶具 茶壶 茶杯 teapot tea pot teaware",
    ),
    kind(
        "coffee", "咖啡器具=Coffee gear", branch="drinkware", trade="kitchenware",
        heads="手冲咖啡壶=pour-over kettle|法压壶=French press|摩卡壶=moka pot|滴滤咖啡壶=drip coffee pot|云朵分享壶=coffee server",
        materials="高硼硅玻璃=borosilicate glass|304不锈钢=304 stainless steel*1.4|铝合金=aluminium alloy*1.1|耐热玻璃=heat-resistant glass",
        styles="家用=household|专业=professional|复古=retro|北欧=Nordic|便携=portable|一体式=all-in-one",
        features="细口长嘴=gooseneck spout|双层过滤=double filter|带温度计=with thermometer|防烫手柄=heat-safe handle|带刻度=with scale|礼盒装=gift boxed",
        uses="办公室=office|咖啡馆=coffee shop|露营=camping|家用=home|茶水间=pantry",
        colours="black steel white clear gold darkgreen", axes="容量=Capacity: 350ml|600ml*1.2|800ml*1.4|1000ml*1.6",
        price=(29, 229), weight=(400, 1100), size=(22, 15, 22), moqs=(1, 2, 5, 20), search="咖啡 coffee maker press dripper espresso 咖啡机",
    ),
)  # fmt: skip
